using Harness;
using NetVips;

namespace Datasets.Tests.ImageNet;

/// <summary>A data folder in a scratch folder of its own, holding one sub-folder into which image files are written.</summary>
internal sealed class ImageTree : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("harness-images-");

    public ImageTree(string name) => Folder = scratch.CreateSubdirectory(name).FullName;

    public string Folder { get; }

    public DataRoot Data => new(scratch.FullName);

    public string Write(string file, byte[] content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>An image of one colour: as many bands as levels.</summary>
    public static Image Flat(int width, int height, params byte[] levels)
    {
        var pixels = new byte[width * height * levels.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = levels[i % levels.Length];
        using var image = Image.NewFromMemory(pixels, width, height, levels.Length, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: levels.Length switch { 1 => Enums.Interpretation.Bw, 2 => Enums.Interpretation.Bw, _ => Enums.Interpretation.Srgb });
    }

    /// <summary>Left half of one colour, right half of another.</summary>
    public static Image Halves(int width, int height, byte[] left, byte[] right)
    {
        using var one = Flat(width / 2, height, left);
        using var other = Flat(width - width / 2, height, right);
        return one.Join(other, Enums.Direction.Horizontal);
    }

    public static byte[] Jpeg(Image image) => image.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off);

    public static byte[] Png(Image image) => image.PngsaveBuffer();

    public void Dispose() => scratch.Delete(recursive: true);
}

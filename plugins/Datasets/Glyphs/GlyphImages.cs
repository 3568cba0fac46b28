namespace Harness.Datasets.Glyphs;

/// <summary>One split of the glyphs, each image drawn when it is read: image i is a function of the options' seed, the split and i alone.</summary>
internal sealed class GlyphImages : ImageSource
{
    /// <summary>Height and width in pixels.</summary>
    public const int Side = 28;

    private readonly GlyphsOptions options;
    private readonly Seed seed;
    private readonly int[] labels;
    private readonly Canvas canvas = new();

    /// <summary>Draws nothing yet.</summary>
    /// <param name="options">How the glyphs are written.</param>
    /// <param name="split">Which part.</param>
    public GlyphImages(GlyphsOptions options, Split split)
    {
        this.options = options;
        seed = new Seed(unchecked((ulong)options.Seed)).Derive(split == Split.Train ? "glyphs.train" : "glyphs.test");
        var classes = Symbol.All.Count;
        labels = new int[classes * (split == Split.Train ? options.TrainImagesPerClass : options.TestImagesPerClass)];
        for (var i = 0; i < labels.Length; i++) labels[i] = i % classes;
    }

    /// <summary>Shape of every image.</summary>
    public static ImageShape ImageShape => new(1, Side, Side);

    /// <inheritdoc/>
    public override ImageShape Shape => ImageShape;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels => labels;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
    {
        for (var i = 0; i < indices.Length; i++) Draw(indices[i], pixels.Slice(i * Shape.Bytes, Shape.Bytes));
    }

    private void Draw(int index, Span<byte> pixels)
    {
        var symbol = Symbol.All[labels[index]];
        var random = seed.Derive("image", index).Random();
        var hand = new Handwriting(options, random);
        var thickness = random.NextDouble(options.MinThickness, options.MaxThickness);
        var level = random.NextDouble(170, 255);

        canvas.Clear();
        foreach (var stroke in symbol.Strokes)
        {
            var from = hand.Place(stroke[0]);
            for (var i = 1; i < stroke.Length; i++)
            {
                var to = hand.Place(stroke[i]);
                Line(from, to, thickness);
                from = to;
            }
        }
        Crumbs(random, thickness);
        canvas.Develop(level, options.Noise, random, pixels);
    }

    /// <summary>What neighbouring writing leaves at the edges: short straight strokes from the border inwards, none so long that it reaches the middle.</summary>
    private void Crumbs(SeededRandom random, double thickness)
    {
        const double Border = Side - 1;
        for (var left = random.Next(options.MaxCrumbs + 1); left > 0; left--)
        {
            var side = random.Next(4);
            double along = random.NextDouble(0, Border), drift = random.NextDouble(-5, 5), depth = random.NextDouble(2, 7);
            Point Inward(double distance, double position) => side switch
            {
                0 => new(position, distance),
                1 => new(position, Border - distance),
                2 => new(distance, position),
                _ => new(Border - distance, position),
            };
            Line(Inward(0, along), Inward(depth, along + drift), thickness);
        }
    }

    /// <summary>Draws with a nib held at 45 degrees: of full width across it, narrowest along it.</summary>
    private void Line(Point from, Point to, double thickness)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y;
        var length = Math.Sqrt(2 * (dx * dx + dy * dy));
        canvas.Line(from, to, length > 0 ? thickness * (1 - options.NibContrast * Math.Abs(dx - dy) / length) : thickness);
    }
}

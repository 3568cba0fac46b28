using System.Text;
using Harness.Reporting.Drawing;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting.Figures;

/// <summary>Writes the figures of a run as files, for papers: SVG, and PNG made from it, without a browser.</summary>
public static class FigureFiles
{
    /// <summary>Reads a run, finished or not, and writes each of its figures.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="folder">Where they go; made where it is not there, and files of the same names replaced.</param>
    /// <returns>The files, and why there is no PNG beside the SVG, or null where there is.</returns>
    /// <exception cref="RunFolderException">The folder holds no run, or a damaged one.</exception>
    public static (IReadOnlyList<string> Written, string? WithoutPng) Write(RunFolder run, string folder)
    {
        var view = ReportWriter.Read(run);
        var written = new List<string>();
        string? lack = null;
        foreach (var figure in view.Figures.Where(f => f.Lines.Count > 0))
        {
            var svg = Encoding.UTF8.GetBytes(FigureDrawing.Render(view, figure));
            Write(".svg", svg);
            if (lack is null && Raster.Png(svg, out lack) is { } png) Write(".png", png);

            void Write(string kind, byte[] content)
            {
                var path = Path.Combine(folder, Name(figure) + kind);
                AtomicFile.Write(path, stream => stream.Write(content));
                written.Add(path);
            }
        }
        return (written, lack);
    }

    /// <summary>"figure-06-nc1-within-class-variability-collapses": of a figure's number and the letters and digits of its title.</summary>
    private static string Name(FigureView figure)
    {
        var words = string.Concat(figure.Figure.Title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"figure-{figure.Figure.Order:00}-{string.Join('-', words)}";
    }
}

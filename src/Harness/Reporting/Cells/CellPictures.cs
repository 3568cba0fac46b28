using Harness.Results;

namespace Harness.Reporting.Cells;

/// <summary>Pictures of one quantity at one epoch, as many as there is room for.</summary>
/// <param name="Quantity">metric/name.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Rows">Rows of pictures.</param>
/// <param name="LeftOut">Rows for which there was no room.</param>
/// <param name="Averaged">By how much the largest was averaged down, or null where none was.</param>
internal sealed record CellPictures(string Quantity, int Epoch, IReadOnlyList<ShownRow> Rows, int? LeftOut, int? Averaged)
{
    /// <summary>Those of the last epoch first, then those of earlier ones, until the room is used up.</summary>
    /// <param name="measurements">The cell's measurements.</param>
    /// <param name="room">Bytes of PNG.</param>
    public static IReadOnlyList<CellPictures> Of(IReadOnlyList<Measurement> measurements, int room)
    {
        var shown = new List<CellPictures>();
        foreach (var measurement in measurements.Where(m => m.Pictures is not null).OrderByDescending(m => m.Epoch))
        {
            var rows = new List<ShownRow>();
            var averaged = 1;
            foreach (var row in measurement.Pictures!)
            {
                var pictures = new List<ShownPicture>();
                foreach (var picture in row.Pictures)
                {
                    var small = Thumbnail.Of(picture, out var by);
                    averaged = Math.Max(averaged, by);
                    pictures.Add(new(picture.Caption, small.Shape.Width, small.Shape.Height, Png.Encode(small.Shape, small.Pixels)));
                }
                if (pictures.Sum(p => p.Png.Length) > room) break;
                room -= pictures.Sum(p => p.Png.Length);
                rows.Add(new(row.Caption, pictures));
            }
            var leftOut = measurement.Pictures!.Count - rows.Count;
            shown.Add(new(measurement.Id, measurement.Epoch, rows, leftOut == 0 ? null : leftOut, averaged == 1 ? null : averaged));
        }
        shown.Reverse();
        return shown;
    }
}

/// <summary>Pictures side by side.</summary>
/// <param name="Caption">What is said of all of them.</param>
/// <param name="Pictures">From left to right.</param>
internal sealed record ShownRow(string Caption, IReadOnlyList<ShownPicture> Pictures);

/// <summary>A picture as the page shows it.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Png">The file.</param>
internal sealed record ShownPicture(string Caption, int Width, int Height, byte[] Png);

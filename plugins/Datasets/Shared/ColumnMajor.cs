namespace Harness.Datasets;

/// <summary>Images stored as MATLAB stores matrices: column by column.</summary>
internal static class ColumnMajor
{
    /// <summary>Turns square planes of pixels from column by column into row by row, in place.</summary>
    /// <param name="planes">Any number of planes one after the other, each side x side.</param>
    /// <param name="side">Height and width of a plane.</param>
    public static void ToRowMajor(Span<byte> planes, int side)
    {
        for (var start = 0; start < planes.Length; start += side * side)
        {
            var plane = planes.Slice(start, side * side);
            for (var row = 0; row < side; row++)
                for (var column = row + 1; column < side; column++)
                    (plane[row * side + column], plane[column * side + row]) = (plane[column * side + row], plane[row * side + column]);
        }
    }
}

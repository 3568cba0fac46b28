namespace Harness.Fetching;

/// <summary>Numbers of bytes as people read them.</summary>
public static class ByteCount
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>In decimal units, three digits: "512 bytes", "9.91 MB", "170 MB".</summary>
    /// <param name="bytes">At least 0.</param>
    public static string Text(double bytes)
    {
        var unit = 0;
        // 999.5 would be written as 1000.
        for (; bytes >= 999.5 && unit < Units.Length - 1; unit++) bytes /= 1000;
        var digits = unit == 0 || bytes >= 99.95 ? "0" : bytes >= 9.995 ? "0.0" : "0.00";
        return $"{bytes.ToString(digits)} {Units[unit]}";
    }
}

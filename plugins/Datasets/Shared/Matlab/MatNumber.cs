namespace Harness.Datasets.Matlab;

/// <summary>How numbers are stored in a MAT-file: the data types of its format, with their codes (MATLAB, "MAT-File Format", table 1-1).</summary>
internal enum MatNumber
{
    /// <summary>miINT8.</summary>
    Int8 = 1,

    /// <summary>miUINT8.</summary>
    UInt8 = 2,

    /// <summary>miINT16.</summary>
    Int16 = 3,

    /// <summary>miUINT16.</summary>
    UInt16 = 4,

    /// <summary>miINT32.</summary>
    Int32 = 5,

    /// <summary>miUINT32.</summary>
    UInt32 = 6,

    /// <summary>miSINGLE.</summary>
    Single = 7,

    /// <summary>miDOUBLE.</summary>
    Double = 9,
}

/// <summary>What a stored number is.</summary>
internal static class MatNumbers
{
    /// <summary>Bytes of one number, or 0 where that is no type of numbers.</summary>
    public static int Bytes(this MatNumber type) => type switch
    {
        MatNumber.Int8 or MatNumber.UInt8 => 1,
        MatNumber.Int16 or MatNumber.UInt16 => 2,
        MatNumber.Int32 or MatNumber.UInt32 or MatNumber.Single => 4,
        MatNumber.Double => 8,
        _ => 0,
    };
}

namespace Harness.Reporting.Numbers;

/// <summary>A statement of the verdict, with what it rests on.</summary>
/// <param name="Id">Names it in the page and in other forms of the report: "terminal", "nc1", "radius", "accuracy", "together".</param>
/// <param name="Claim">One sentence.</param>
/// <param name="Grounds">Its interval, and how many pairs and cells are behind it: a sentence, or nothing where there are no numbers.</param>
/// <param name="Bearing">How much the data bear.</param>
internal sealed record Finding(string Id, string Claim, string Grounds, Bearing Bearing)
{
    /// <summary>Both sentences.</summary>
    public string Text => Grounds.Length == 0 ? Claim : $"{Claim} {Grounds}";
}

/// <summary>How much the data bear.</summary>
internal enum Bearing
{
    /// <summary>Nothing was measured.</summary>
    Missing,

    /// <summary>There are numbers, and they cannot tell.</summary>
    Unclear,

    /// <summary>The interval leaves the other answer out, or it is a count.</summary>
    Shown,
}

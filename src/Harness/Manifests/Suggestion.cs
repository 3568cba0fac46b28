namespace Harness.Manifests;

/// <summary>What to say after a name that is not known: the nearest that is, or all of them.</summary>
internal static class Suggestion
{
    /// <summary>The end of a sentence about an unknown name: "; did you mean 'epochs'?", or the list of names, or that there are none.</summary>
    public static string For(string wrong, IEnumerable<string> right)
    {
        var names = right.Distinct().ToArray();
        if (names.Length == 0) return "; there is none";
        return Nearest(wrong, names) is { } near ? $"; did you mean '{near}'?" : $"; {Known(names)}";
    }

    /// <summary>The same with the sentence's full stop, which a question does without.</summary>
    public static string Closing(string wrong, IEnumerable<string> right) => For(wrong, right) is var said && said.EndsWith('?') ? said : said + ".";

    /// <summary>The name nearest to a mistyped one, or null where none is near: case is free, and a third of the letters may be wrong.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> right)
    {
        if (wrong.Length > 100) return null;
        var allowed = Math.Max(1, wrong.Length / 3);
        return right
            .Select(name => (Name: name, Distance: Distance(wrong.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(n => n.Distance <= allowed && n.Distance < n.Name.Length)
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name).FirstOrDefault();
    }

    /// <summary>What one of a few values is called: "'a'", "'a' or 'b'", "one of 'a', 'b', 'c'".</summary>
    public static string Alternatives(IReadOnlyList<string> values) => values.Count switch
    {
        1 => $"'{values[0]}'",
        2 => $"'{values[0]}' or '{values[1]}'",
        _ => $"one of {string.Join(", ", values.Select(v => $"'{v}'"))}",
    };

    private static string Known(IReadOnlyCollection<string> names)
    {
        const int Shown = 20;
        var listed = string.Join(", ", names.Order(StringComparer.Ordinal).Take(Shown).Select(n => $"'{n}'"));
        return names.Count == 1 ? $"only {listed} is known" : $"known are {listed}{(names.Count > Shown ? $" and {names.Count - Shown} more" : "")}";
    }

    /// <summary>
    /// Letters inserted, removed, replaced or swapped with their neighbour to get from one word to the other (optimal string alignment; Damerau 1964).
    /// </summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}

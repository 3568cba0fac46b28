using System.Text;

namespace Harness.Results;

/// <summary>A command line as one text that a POSIX shell reads back as the same words.</summary>
public static class ShellWords
{
    /// <summary>Joins words; those with other than plain characters stand in single quotes.</summary>
    /// <param name="words">The words.</param>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>Takes apart what <see cref="Join"/> has joined.</summary>
    /// <param name="line">The text.</param>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var (word, begun, quoted) = (new StringBuilder(), false, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\'') (quoted, begun) = (!quoted, true);
            else if (!quoted && line[i] == ' ') End();
            else
            {
                if (!quoted && line[i] == '\\' && i + 1 < line.Length) i++;
                word.Append(line[i]);
                begun = true;
            }
        }
        End();
        return words;

        void End()
        {
            if (begun) words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }

    private static string Quote(string word) =>
        word.Length == 0 || word.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-_./=:,+@%".Contains(c)) ? $"'{word.Replace("'", "'\\''")}'" : word;
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Harness.Reporting;

/// <summary>
/// A piece of HTML. Made from interpolated strings only, whose literal parts are markup and whose values are text and are escaped, so nothing a manifest,
/// plugin or log says can become markup. Values that are <see cref="Html"/>, or lists of it, are put in as they are. Attributes stand in double quotes.
/// </summary>
internal readonly record struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>From an interpolated string.</summary>
    public static Html Of(Markup markup) => new(markup.ToString());

    /// <summary>One piece for each item.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => new(string.Concat(items.Select(item => piece(item).ToString())));

    /// <summary>Content of a script or style element, which HTML does not escape.</summary>
    /// <param name="element">The element: "script" or "style".</param>
    /// <param name="source">CSS, JavaScript or JSON of the harness's own or of a library.</param>
    /// <exception cref="ArgumentException">It holds what would end the element, or start a comment in it.</exception>
    public static Html Source(string element, string source) =>
        source.Contains("</" + element, StringComparison.OrdinalIgnoreCase) || source.Contains("<!--", StringComparison.Ordinal)
            ? throw new ArgumentException("It holds a sequence that HTML would read as markup.", nameof(source))
            : new(source);

    /// <summary>The markup.</summary>
    public override string ToString() => markup ?? "";

    /// <summary>Escapes what is interpolated.</summary>
    [InterpolatedStringHandler]
    public readonly struct Markup(int literalLength, int values)
    {
        private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder text = new(literalLength + (16 * values));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html value) => text.Append(value.ToString());

        public void AppendFormatted(string? value) => text.Append(Escape.Encode(value ?? ""));

        public void AppendFormatted(long value) => text.Append(value);

        public override string ToString() => text.ToString();
    }
}

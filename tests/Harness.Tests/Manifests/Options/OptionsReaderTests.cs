using System.ComponentModel.DataAnnotations;
using Harness.Manifests;
using Harness.Manifests.Options;
using Harness.Manifests.Yaml;

namespace Harness.Tests.Manifests.Options;

public class OptionsReaderTests
{
    [Theory]
    [InlineData("whole", "12", 12)]
    [InlineData("whole", "-1_000", -1000)]
    [InlineData("whole", "+7", 7)]
    [InlineData("large", "9_000_000_000", 9_000_000_000L)]
    [InlineData("real", "5e-4", 5e-4)]
    [InlineData("real", "1/3", 1.0 / 3)]
    [InlineData("real", "2.5 / 10", 0.25)]
    [InlineData("real", ".5", 0.5)]
    [InlineData("real", "1_000.25", 1000.25)]
    [InlineData("real", "3", 3.0)]
    [InlineData("truth", "false", false)]
    [InlineData("text", "plain", "plain")]
    [InlineData("text", "'12'", "12")]
    [InlineData("text", "12", "12")]
    [InlineData("text", "''", "")]
    [InlineData("kind", "large-images", Stem.LargeImages)]
    [InlineData("kind", "largeImages", Stem.LargeImages)]
    [InlineData("maybe", "null", null)]
    [InlineData("maybe", "4", 4)]
    public void ValueIsReadAsItsTypeSays(string key, string written, object? value)
    {
        var options = Read($"{key}: {written}");
        Assert.Equal(value, OptionProperty.Of(typeof(EveryType)).Single(o => o.Key == key).Property.GetValue(options));
    }

    [Theory]
    [InlineData("whole: 1.5", "'whole' wants a whole number, not '1.5'")]
    [InlineData("whole: '1'", "'whole' wants a whole number, not the text '1'")]
    [InlineData("whole: 1__0", "'whole' wants a whole number, not '1__0'")]
    [InlineData("whole: 3_000_000_000", "'whole' is too large a number: '3_000_000_000'")]
    [InlineData("whole: null", null)]
    [InlineData("whole:", "'whole' wants a whole number, not nothing")]
    [InlineData("whole: [1]", "'whole' wants a whole number, not a list")]
    [InlineData("large: 99999999999999999999", "'large' is too large a number: '99999999999999999999'")]
    [InlineData("real: .nan", "'real' wants a number, not '.nan'")]
    [InlineData("real: .inf", "'real' wants a number, not '.inf'")]
    [InlineData("real: NaN", "'real' wants a number, not 'NaN'")]
    [InlineData("real: 1e999", "'real' is too large a number: '1e999'")]
    [InlineData("real: 1/0", "'real' wants a number, not '1/0'")]
    [InlineData("real: .", "'real' wants a number, not '.'")]
    [InlineData("real: 1,5", "'real' wants a number, not '1,5'")]
    [InlineData("truth: yes", "'truth' wants true or false, not 'yes'")]
    [InlineData("text: [a]", "'text' wants a text, not a list")]
    [InlineData("kind: 1", "'kind' wants 'small' or 'large-images', not '1'")]
    [InlineData("kind: smal", "'kind' wants 'small' or 'large-images', not 'smal'; did you mean 'small'?")]
    [InlineData("reals: 1", "'reals' wants a list, such as [a, b], not '1'")]
    [InlineData("reals: [1, null]", "'reals' wants a number, not null")]
    [InlineData("table: { a: 1 }", "'table' cannot be set from a manifest: its type IReadOnlyDictionary`2 is none that options may have")]
    [InlineData("bounded: 3.2", "'bounded' must be between 1 and 3, not '3.2'")]
    [InlineData("choice: 3", "choice is 1 or 2, not '3'")]
    [InlineData("choice: null", null)]
    [InlineData("even: 3", "'even' is odd, not '3'")]
    [InlineData("picky: 1", "'picky' is refused: Never.")]
    [InlineData("named: ''", "'named' is missing; it has no default, not the text ''")]
    public void WrongValueIsSaid(string text, string? sentence)
    {
        var errors = new ErrorList();
        Read(text, errors);
        var said = errors.Count == 0 ? null : Assert.Throws<ManifestException>(errors.ThrowIfAny).Errors.Single().Sentence;
        Assert.Equal(sentence, said);
    }

    [Fact]
    public void ListsAndRecordsInListsAreRead()
    {
        var options = Read("reals: [1/2, 2]\nheads:\n  - { hidden: 8 }\n  - { narrow: 2 }\n");
        Assert.Equal([0.5, 2], options.Reals);
        Assert.Equal([new HeadOptions { Hidden = 8 }, new HeadOptions { Narrow = 2 }], options.Heads);
    }

    [Fact]
    public void RecordGoesThroughJsonAndBack()
    {
        var options = Read("whole: 3\nreal: 1/3\nkind: large-images\nreals: [0.1, 2]\nheads: [ { narrow: 2 } ]\ntruth: false\n");
        var json = OptionsBinder.ToJson(options);
        Assert.DoesNotContain(json, p => p.Key is "twice" or "maybe");
        Assert.Equal("large-images", json["kind"]!.GetValue<string>());
        var back = Assert.IsType<EveryType>(OptionsBinder.Bind(json, typeof(EveryType)));
        Assert.Equal(json.ToJsonString(), OptionsBinder.ToJson(back).ToJsonString());
        Assert.Equal((3, 1.0 / 3, Stem.LargeImages, false), (back.Whole, back.Real, back.Kind, back.Truth));
        Assert.Equal(options.Heads, back.Heads);
    }

    [Fact]
    public void PluginWithoutOptionsHasAnEmptyObject() => Assert.Empty(OptionsBinder.ToJson(null));

    private static EveryType Read(string text)
    {
        var errors = new ErrorList();
        var options = Read(text, errors);
        errors.ThrowIfAny();
        return Assert.IsType<EveryType>(options);
    }

    private static object? Read(string text, ErrorList errors) =>
        NodeReader.Read("options.yaml", text, errors) is { } mapping ? OptionsReader.Read(typeof(EveryType), mapping, mapping.Place, errors) : null;

    public sealed record EveryType
    {
        public int Whole { get; init; } = 1;

        public long Large { get; init; }

        public double Real { get; init; }

        public bool Truth { get; init; } = true;

        public string Text { get; init; } = "default";

        public Stem Kind { get; init; }

        public int? Maybe { get; init; }

        public IReadOnlyList<double> Reals { get; init; } = [];

        public HeadOptions[] Heads { get; init; } = [];

        public IReadOnlyDictionary<string, int>? Table { get; init; }

        [Range(1, 3)]
        public double Bounded { get; init; } = 2;

        [Even(ErrorMessage = "'{0}' is odd")]
        public int Even { get; init; }

        [AllowedValues(1, 2, ErrorMessage = "choice is 1 or 2.")]
        public int? Choice { get; init; }

        [Required]
        public string Named { get; init; } = "x";

        public int Picky
        {
            get => 0;
            init
            {
                if (value != 0) throw new ArgumentException("Never.");
            }
        }

        public int Twice => 2 * Whole;
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class EvenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is int number && number % 2 == 0;
    }
}

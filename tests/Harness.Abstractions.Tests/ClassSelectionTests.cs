using System.Text.Json;

namespace Harness.Abstractions.Tests;

public class ClassSelectionTests
{
    private static readonly string[] Animals = ["bird", "cat", "dog", "eel"];

    [Fact]
    public void ANumberIsTheFirstSoMany() => Assert.Equal([0, 1, 2], ClassSelection.First(3).Choose(Animals));

    [Fact]
    public void AListIsInItsOwnOrderByNameOrNumber() => Assert.Equal([3, 1, 0], ClassSelection.Of("eel", "1", "bird").Choose(Animals));

    // The years of a set whose classes are years, and the digits of one whose classes are digits in another order.
    [Theory]
    [InlineData(new[] { "1999", "2000" }, new[] { "2000", "0" }, new[] { 1, 0 })]
    [InlineData(new[] { "1", "0" }, new[] { "0", "1" }, new[] { 1, 0 })]
    public void ANameComesBeforeANumber(string[] classes, string[] names, int[] chosen) => Assert.Equal(chosen, ClassSelection.Of(names).Choose(classes));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-3)]
    public void FewerThanTwoAreRefused(int number)
    {
        Assert.Equal("classes", Assert.Throws<PluginOptionException>(() => ClassSelection.First(number)).Option);
        Assert.Throws<PluginOptionException>(() => ClassSelection.Of([.. Animals.Take(number)]));
    }

    [Fact]
    public void MoreThanThereAreAreRefused() =>
        Assert.Equal("'classes' is 5, and there are 4.", Assert.Throws<PluginOptionException>(() => ClassSelection.First(5).Choose(Animals)).Message);

    [Theory]
    [InlineData("ratt", 1, "'classes' names 'ratt', which is no class here.", true)]
    [InlineData("4", 1, "'classes' names '4', which is no class here: they are numbered 0 to 3.", false)]
    [InlineData("99999999999", 1, "'classes' names '99999999999', which is no class here.", true)]
    [InlineData("-1", 1, "'classes' names '-1', which is no class here.", true)]
    [InlineData("1", 1, "'classes' names 'cat' and '1', which are the same class.", false)]
    [InlineData("cat", 1, "'classes' names 'cat' a second time.", false)]
    public void AWrongItemIsNamedWithItsPlace(string wrong, int item, string message, bool suggests)
    {
        var refusal = Assert.Throws<PluginOptionException>(() => ClassSelection.Of("cat", wrong, "dog").Choose(Animals));
        Assert.Equal((ClassSelection.Option, item, message), (refusal.Option, refusal.Item, refusal.Message));
        Assert.Equal(suggests ? Animals : [], refusal.Known);
    }

    [Fact]
    public void EqualWhereItSaysTheSame()
    {
        ClassSelection[] all = [ClassSelection.First(2), ClassSelection.First(3), ClassSelection.Of("a", "b"), ClassSelection.Of("b", "a")];
        ClassSelection[] again = [ClassSelection.First(2), ClassSelection.First(3), ClassSelection.Of("a", "b"), ClassSelection.Of("b", "a")];
        for (var i = 0; i < all.Length; i++)
            for (var j = 0; j < all.Length; j++) Assert.Equal(i == j, all[i].Equals(again[j]));
        Assert.Equal(all.Select(c => c.GetHashCode()), again.Select(c => c.GetHashCode()));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("[\"cat\",\"3\"]")]
    public void SurvivesJson(string json) => Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ClassSelection>(json)));

    [Theory]
    [InlineData("1")]
    [InlineData("2.5")]
    [InlineData("[\"cat\"]")]
    [InlineData("\"cat\"")]
    [InlineData("{}")]
    public void DamagedJsonIsRefusedAsSuch(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClassSelection>(json));
}

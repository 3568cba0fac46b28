using CsCheck;
using Harness.Results;

namespace Harness.Tests.Results;

public class ShellWordsTests
{
    [Theory]
    [InlineData("harness run a.yaml --only VGG/mnist/0", "harness", "run", "a.yaml", "--only", "VGG/mnist/0")]
    [InlineData("a 'b c' ''", "a", "b c", "")]
    [InlineData("'it'\\''s'", "it's")]
    public void WordsAreJoinedAsAShellReadsThem(string line, params string[] words)
    {
        Assert.Equal(line, ShellWords.Join(words));
        Assert.Equal(words, ShellWords.Split(line));
    }

    [Fact]
    public void WhatIsJoinedComesApartAgain() => Gen.String.Array[0, 5].Sample(words => Assert.Equal(words, ShellWords.Split(ShellWords.Join(words))));
}

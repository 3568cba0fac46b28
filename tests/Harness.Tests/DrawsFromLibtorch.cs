namespace Harness.Tests;

/// <summary>libtorch's generator is one for the process: tests that seed it and tests that build networks, and so draw from it, must not overlap.</summary>
[CollectionDefinition(nameof(DrawsFromLibtorch))]
public sealed class DrawsFromLibtorch;

namespace Harness.Fetching;

/// <summary>How patient a fetch is.</summary>
public sealed record FetchPolicy
{
    /// <summary>How long a server may send nothing.</summary>
    /// <value>30 seconds</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries at one address, the first included, that bring less than <see cref="Headway"/>; then the next address is asked.</summary>
    /// <value>5</value>
    public int Tries { get; init; } = 5;

    /// <summary>The wait before the second try; each further one is twice as long.</summary>
    /// <value>1 second</value>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer, whatever a server asks for.</summary>
    /// <value>60 seconds</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a try must bring beyond the furthest point so far for the count of tries to start afresh: a slow line that breaks often still gets there.</summary>
    /// <value>1 MiB</value>
    public long Headway { get; init; } = 1 << 20;

    /// <summary>The wait after so many failed tries.</summary>
    /// <param name="failures">At least 1.</param>
    /// <param name="asked">What the server asked for, if it did.</param>
    public TimeSpan Wait(int failures, TimeSpan? asked)
    {
        var wait = asked ?? FirstWait * Math.Pow(2, failures - 1);
        return wait < LongestWait ? wait : LongestWait;
    }
}

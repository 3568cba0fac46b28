namespace Harness;

/// <summary>The two parts of a data set.</summary>
public enum Split
{
    /// <summary>What the network is trained on.</summary>
    Train,

    /// <summary>What generalization and robustness are measured on; never trained on.</summary>
    Test,
}

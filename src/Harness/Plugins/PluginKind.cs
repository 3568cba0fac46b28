namespace Harness.Plugins;

/// <summary>What a plugin is.</summary>
public enum PluginKind
{
    /// <summary>An <see cref="IArchitecture"/>.</summary>
    Architecture,

    /// <summary>An <see cref="IDataset"/>.</summary>
    Dataset,

    /// <summary>An <see cref="IMetric"/>.</summary>
    Metric,
}

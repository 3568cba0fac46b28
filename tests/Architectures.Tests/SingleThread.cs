using Testing;
using static TorchSharp.torch;

namespace Architectures.Tests;

/// <summary>libtorch on one thread: layers this narrow gain nothing from a second one, and on a busy machine they wait for it.</summary>
public sealed class SingleThread
{
    public SingleThread()
    {
        _ = new TorchFixture();
        set_num_threads(1);
    }
}

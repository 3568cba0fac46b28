using System.Text.Json;

namespace Harness.Results;

/// <summary>A file that holds one JSON object: written whole, read whole.</summary>
internal static class JsonFile
{
    /// <summary>Writes it, indented, with a line end after it.</summary>
    public static void Write<T>(string path, T value) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, value, Json.Page);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>Reads it, or gives null where there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What the user can do where it is damaged: an imperative clause.</param>
    /// <exception cref="RunFolderException">It is there but does not hold what it should.</exception>
    public static T? ReadIfThere<T>(string path, string remedy) where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<T>(stream, Json.Page) ?? throw new JsonException("it holds null");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new RunFolderException($"{path} is damaged ({OneLine(e.Message)}): {remedy}.", e);
        }
    }

    /// <summary>An exception's message as a clause within a sentence.</summary>
    public static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}

using System.Runtime.InteropServices;

namespace Entente.Server.Storage;

/// <summary>Makes a file's name as durable as its bytes: the folder it stands in is put on the disk too.</summary>
internal static class Durable
{
    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux()) return; // Elsewhere the file system keeps names with the files.
        var folder = Open(path, 0);
        if (folder < 0) throw new IOException($"{path} cannot be opened ({Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Sync(folder) != 0)
                throw new IOException($"{path} cannot be put on the disk ({Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int file);
}

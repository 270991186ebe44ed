namespace Entente.Server.Bundles;

/// <summary>The check sum that ZIP archives carry (ISO 3309).</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = Build();
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var one in bytes) state = Table[(byte)(state ^ one)] ^ (state >> 8);
        _state = state;
    }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = new Crc32();
        sum.Add(bytes);
        return sum.Value;
    }

    private static uint[] Build()
    {
        var table = new uint[256];
        for (var at = 0u; at < table.Length; at++)
        {
            var value = at;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            table[at] = value;
        }
        return table;
    }
}

using System.Text;

namespace Entente.Server.Papers.Kit;

/// <summary>
/// The order in which a line that mixes directions is written: Unicode's annex 9 without explicit embeddings, which are
/// taken out of every text beforehand. Levels are even for left to right and odd for right to left.
/// </summary>
internal sealed class Bidi
{
    private readonly Rune[] _runes;
    private readonly BidiClass[] _original;
    private readonly BidiClass[] _classes;
    private readonly byte[] _levels;

    private Bidi(IReadOnlyList<Rune> runes, byte? level)
    {
        _runes = [.. runes];
        _original = [.. runes.Select(BidiClasses.Of)];
        _classes = (BidiClass[])_original.Clone();
        Level = level ?? FirstStrong();
        _levels = new byte[_runes.Length];
        Weak();
        Brackets();
        Neutral();
        Implicit();
    }

    /// <summary>The paragraph's own level: 0, or 1 where its first strong letter is written right to left.</summary>
    public byte Level { get; }

    /// <param name="level">The paragraph's level where it is known; else its first strong letter decides.</param>
    public static Bidi Of(IReadOnlyList<Rune> runes, byte? level = null) => new(runes, level);

    public byte LevelAt(int index) => _levels[index];

    /// <summary>The runs of a line from left to right, each with its level; odd ones go backwards.</summary>
    public IReadOnlyList<(int Start, int End, byte Level)> Line(int start, int end)
    {
        var levels = _levels[start..end];
        // L1: white space at the line's end stands where the paragraph ends.
        for (var at = levels.Length - 1; at >= 0 && IsBlank(_original[start + at]); at--) levels[at] = Level;
        var runs = new List<(int Start, int End, byte Level)>();
        for (var at = 0; at < levels.Length; at++)
            if (runs.Count > 0 && runs[^1].Level == levels[at]) runs[^1] = runs[^1] with { End = start + at + 1 };
            else runs.Add((start + at, start + at + 1, levels[at]));
        // L2: from the highest level down to the lowest odd one, turn every stretch of at least that level around.
        for (var level = runs.Count == 0 ? 0 : runs.Max(run => run.Level); level > 0; level--)
            for (var from = 0; from < runs.Count; from++)
            {
                var to = from;
                while (to < runs.Count && runs[to].Level >= level) to++;
                if (to - from > 1) runs.Reverse(from, to - from);
                from = Math.Max(from, to - 1);
            }
        return runs;
    }

    private static bool IsBlank(BidiClass found) => found is BidiClass.WS or BidiClass.S or BidiClass.BN;

    private byte FirstStrong()
    {
        foreach (var found in _original)
            if (found is BidiClass.L or BidiClass.R or BidiClass.AL) return (byte)(found == BidiClass.L ? 0 : 1);
        return 0;
    }

    private BidiClass Edge => Level == 0 ? BidiClass.L : BidiClass.R;

    /// <summary>Rules W1 to W7: numbers, their signs and separators.</summary>
    private void Weak()
    {
        var (before, strong) = (Edge, Edge);
        for (var at = 0; at < _classes.Length; at++)
        {
            if (_classes[at] is BidiClass.NSM or BidiClass.BN) _classes[at] = before;
            if (_classes[at] is BidiClass.L or BidiClass.R or BidiClass.AL) strong = _classes[at];
            if (_classes[at] == BidiClass.EN && strong == BidiClass.AL) _classes[at] = BidiClass.AN;
            before = _classes[at];
        }
        for (var at = 0; at < _classes.Length; at++) if (_classes[at] == BidiClass.AL) _classes[at] = BidiClass.R;
        for (var at = 1; at + 1 < _classes.Length; at++)
            if (_classes[at - 1] == _classes[at + 1] && (_classes[at - 1], _classes[at])
                is (BidiClass.EN, BidiClass.ES or BidiClass.CS) or (BidiClass.AN, BidiClass.CS))
                _classes[at] = _classes[at - 1];
        for (var at = 0; at < _classes.Length; at++)
        {
            if (_classes[at] != BidiClass.ET) continue;
            var end = at;
            while (end < _classes.Length && _classes[end] == BidiClass.ET) end++;
            if (at > 0 && _classes[at - 1] == BidiClass.EN || end < _classes.Length && _classes[end] == BidiClass.EN)
                Array.Fill(_classes, BidiClass.EN, at, end - at);
            at = end - 1;
        }
        strong = Edge;
        for (var at = 0; at < _classes.Length; at++)
        {
            if (_classes[at] is BidiClass.ES or BidiClass.ET or BidiClass.CS) _classes[at] = BidiClass.ON;
            if (_classes[at] is BidiClass.L or BidiClass.R) strong = _classes[at];
            if (_classes[at] == BidiClass.EN && strong == BidiClass.L) _classes[at] = BidiClass.L;
        }
    }

    /// <summary>Rule N0: the two halves of a bracket stand on the same side.</summary>
    private void Brackets()
    {
        foreach (var (open, close) in PairsOf())
        {
            var inside = Enumerable.Range(open + 1, close - open - 1).Select(at => Strong(_classes[at])).ToList();
            var side = inside.Contains(Edge) ? Edge
                : !inside.Any(found => found is not null) ? (BidiClass?)null
                : Before(open) == Other(Edge) ? Other(Edge)
                : Edge;
            if (side is { } known) _classes[open] = _classes[close] = known;
        }
    }

    private List<(int Open, int Close)> PairsOf()
    {
        var (found, open) = (new List<(int Open, int Close)>(), new List<(int At, int Closes)>());
        for (var at = 0; at < _runes.Length; at++)
        {
            if (_classes[at] != BidiClass.ON || BidiClasses.Bracket(_runes[at]) is not { } bracket) continue;
            if (bracket.Opens) open.Add((at, bracket.Other));
            else if (open.FindLastIndex(waiting => waiting.Closes == _runes[at].Value) is var last and >= 0)
            {
                found.Add((open[last].At, at));
                open.RemoveRange(last, open.Count - last);
            }
        }
        return [.. found.OrderBy(pair => pair.Open)];
    }

    private BidiClass Before(int at)
    {
        while (--at >= 0) if (Strong(_classes[at]) is { } strong) return strong;
        return Edge;
    }

    private static BidiClass Other(BidiClass side) => side == BidiClass.L ? BidiClass.R : BidiClass.L;

    private static BidiClass? Strong(BidiClass found) => found switch
    {
        BidiClass.L => BidiClass.L,
        BidiClass.R or BidiClass.EN or BidiClass.AN => BidiClass.R,
        _ => null,
    };

    /// <summary>Rules N1 and N2: what has no side of its own takes that of its neighbours where they agree.</summary>
    private void Neutral()
    {
        for (var at = 0; at < _classes.Length; at++)
        {
            if (Strong(_classes[at]) is not null) continue;
            var end = at;
            while (end < _classes.Length && Strong(_classes[end]) is null) end++;
            var left = at == 0 ? Edge : Strong(_classes[at - 1])!.Value;
            var right = end == _classes.Length ? Edge : Strong(_classes[end])!.Value;
            Array.Fill(_classes, left == right ? left : Edge, at, end - at);
            at = end - 1;
        }
    }

    /// <summary>Rules I1 and I2.</summary>
    private void Implicit()
    {
        for (var at = 0; at < _classes.Length; at++)
            _levels[at] = (byte)(Level + (Level % 2 == 0
                ? _classes[at] switch { BidiClass.R => 1, BidiClass.AN or BidiClass.EN => 2, _ => 0 }
                : _classes[at] == BidiClass.R ? 0 : 1));
    }
}

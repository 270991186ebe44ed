using System.Collections;
using System.Runtime.CompilerServices;

namespace Entente.Domain;

/// <summary>A list that is equal to another when its elements are: facts and states are compared by value.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    public static readonly ValueList<T> Empty = new([]);
    private readonly T[] _items;

    internal ValueList(T[] items) => _items = items;

    public int Count => _items.Length;
    public T this[int index] => _items[index];

    public ValueList<T> Add(T item) => new([.. _items, item]);

    /// <summary>The same list with every element that matches put through <paramref name="change"/>.</summary>
    public ValueList<T> Change(Func<T, bool> match, Func<T, T> change) =>
        new(Array.ConvertAll(_items, item => match(item) ? change(item) : item));

    public bool Equals(ValueList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);
    public static bool operator ==(ValueList<T>? left, ValueList<T>? right) => Equals(left, right);
    public static bool operator !=(ValueList<T>? left, ValueList<T>? right) => !Equals(left, right);
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", _items)}]";
}

/// <summary>Makes value lists from collection expressions and sequences.</summary>
public static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) =>
        items.IsEmpty ? ValueList<T>.Empty : new(items.ToArray());

    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}

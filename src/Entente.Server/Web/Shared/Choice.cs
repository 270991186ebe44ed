namespace Entente.Server.Web.Shared;

/// <summary>One of several answers to choose from.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

using Entente.Domain;
using Entente.Server.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Entente.Server.Web;

/// <summary>Somebody who signed in, as far as the frame of a page shows them.</summary>
public sealed record Visitor(string Name, string Language, DateTimeZone Zone, ValueList<Role> Roles)
{
    public bool Is(Role role) => Roles.Contains(role);
}

/// <summary>One request for a page: who reads it, in which language, at which moment.</summary>
public sealed class Visit(WordBook words, IHttpContextAccessor contexts, IAntiforgery antiforgery, TimeProvider clock)
{
    /// <summary>The cookie that keeps the language a reader chose here; it goes before all else.</summary>
    public const string LanguageCookie = "entente-language";

    /// <summary>A link may say in which language it is to be read.</summary>
    public const string LanguageParameter = "lang";

    private Speaker? _speaker;

    /// <summary>Null for a stranger. The sign-in room sets it before a page is built.</summary>
    public Visitor? Visitor
    {
        get;
        set => (field, _speaker) = (value, null);
    }

    /// <summary>Whose centre this is, in its own words.</summary>
    public string Marketplace { get; set; } = "Entente";

    /// <summary>The zone of strangers.</summary>
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    public HttpContext Context => contexts.HttpContext
        ?? throw new InvalidOperationException("A page is read within a request.");

    /// <summary>Path and query, as the reader's address bar shows them.</summary>
    public string Address => Context.Request.Path + Context.Request.QueryString.ToString();

    public Instant Now { get; } = Instant.FromDateTimeOffset(clock.GetUtcNow());

    public Speaker Speaker =>
        _speaker ??= words.For(Chosen ?? Visitor?.Language ?? Preferred, Visitor?.Zone ?? Zone, Now);

    public IReadOnlyList<string> Languages => words.Languages;

    /// <summary>What a language calls itself.</summary>
    public string NameOf(string language) => words.For(language, Zone).Say("language.name");

    /// <summary>Name and value of the token that every posted form carries.</summary>
    public (string Name, string Value) FormToken => _formToken ??= NewToken();

    private (string Name, string Value)? _formToken;

    private (string Name, string Value) NewToken()
    {
        var tokens = antiforgery.GetAndStoreTokens(Context);
        return (tokens.FormFieldName, tokens.RequestToken!);
    }

    private string? Chosen =>
        Known(Context.Request.Query[LanguageParameter]) ?? Known(Context.Request.Cookies[LanguageCookie]);

    private string? Known(string? language) =>
        language is not null && words.Languages.Contains(language) ? language : null;

    private string? Preferred => Context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.Value?.Split('-')[0])
        .FirstOrDefault(language => language is not null && words.Languages.Contains(language));
}

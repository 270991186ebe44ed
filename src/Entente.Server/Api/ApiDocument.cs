using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Entente.Domain;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Entente.Server.Api;

/// <summary>The description of the API for programs (OpenAPI 3.1), written from the calls themselves.</summary>
internal static partial class ApiDocument
{
    public const string Name = "v1";
    private const string BearerScheme = "key";

    /// <summary>How <see cref="ApiConventions.Refuses"/> marks every no.</summary>
    private const string RefusalStatus = "400";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = call => call.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Describe(operation, context));
        options.AddSchemaTransformer((schema, context, _) => Spell(schema, context.JsonTypeInfo));
    });

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Entente",
            Version = "1",
            Description =
                "Disputes from opening to closing. Send `Authorization: Bearer ent_…`; see docs/api.md for a tour.",
        };
        document.Servers?.Clear();
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var names = operation.Parameters.Select(parameter => parameter.Name).ToHashSet();
        foreach (var name in RoutePlaces(context.Description.RelativePath!).Where(name => !names.Contains(name)))
            operation.Parameters.Insert(0, Parameter(name, ParameterLocation.Path, required: true, null));
        if (metadata.OfType<ApiConventions.Command>().FirstOrDefault() is { } command)
        {
            operation.Parameters.Add(Parameter(DisputeCall.KeyHeader, ParameterLocation.Header, command.Creates,
                "A new one for each command; the same one to repeat it safely."));
            operation.Parameters.Add(Parameter("If-Match", ParameterLocation.Header, false,
                "The ETag last read: refused with 412 where somebody acted since."));
        }
        if (operation.Responses?.Remove(RefusalStatus, out var refusal) == true)
        {
            refusal.Description = "A problem (RFC 9457); its type is stable and its code a word for programs.";
            operation.Responses["default"] = refusal;
        }
        operation.Parameters.Add(Parameter(KeyAuthentication.BehalfHeader, ParameterLocation.Header, false,
            "For whom the key acts: buyer:EXTERNAL, seller:EXTERNAL or person:LOGIN. Authority and view are theirs."));
        return Task.CompletedTask;
    }

    private static IEnumerable<string> RoutePlaces(string path) => path.Split('/')
        .Where(part => part.StartsWith('{'))
        .Select(part => part.Trim('{', '}').Split(':')[0]);

    private static OpenApiParameter Parameter(
        string name, ParameterLocation at, bool required, string? description) => new()
    {
        Name = name,
        In = at,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>Values that are spelled by converters of ours, which the framework cannot look into.</summary>
    private static Task Spell(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (schema.Description is { } said) schema.Description = NextLine().Replace(said, " ");
        var known = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        foreach (var member in type.Properties.Where(MayBeLeftOut)) schema.Required?.Remove(member.Name);
        if (known == typeof(Instant)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (known.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetValues(known).Cast<Enum>().Select(value => (JsonNode)Codes.Of(value))];
        }
        return Task.CompletedTask;
    }

    /// <summary>Where a comment goes on in the next line of the code.</summary>
    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex NextLine();

    /// <summary>What is null is not written.</summary>
    private static bool MayBeLeftOut(JsonPropertyInfo member) =>
        member.IsGetNullable || Nullable.GetUnderlyingType(member.PropertyType) is not null;
}

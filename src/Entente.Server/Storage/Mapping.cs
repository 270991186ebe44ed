using System.Data;
using Dapper;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>How rows become values: snake_case columns, instants as microseconds, ids as text.</summary>
internal static class Mapping
{
    static Mapping()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Instants());
        SqlMapper.AddTypeHandler(new Ids<MarketplaceId>(id => id.Value, text => new(text)));
        SqlMapper.AddTypeHandler(new Ids<PartyId>(id => id.Value, text => new(text)));
        SqlMapper.AddTypeHandler(new Ids<PersonId>(id => id.Value, text => new(text)));
        SqlMapper.AddTypeHandler(new Ids<OrderId>(id => id.Value, text => new(text)));
        SqlMapper.AddTypeHandler(new Ids<ExhibitId>(id => id.Value, text => new(text)));
        SqlMapper.AddTypeHandler(new Ids<CommandId>(id => id.Value, text => new(text)));
    }

    /// <summary>Once a process; touching the type is enough.</summary>
    public static void Register()
    {
    }

    private sealed class Instants : SqlMapper.TypeHandler<Instant>
    {
        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = Micros.Of(value);
        }

        public override Instant Parse(object value) => Micros.From((long)value);
    }

    private sealed class Ids<T>(Func<T, string> text, Func<string, T> id) : SqlMapper.TypeHandler<T> where T : struct
    {
        public override void SetValue(IDbDataParameter parameter, T value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = text(value);
        }

        public override T Parse(object value) => id((string)value);
    }
}

using System.Net;
using System.Text;
using Entente.Server.Web.Safety;

namespace Entente.Tests.Server;

public sealed class FormGateTests(Neighbourhood town) : IClassFixture<Neighbourhood>
{
    [Fact]
    public async Task Every_form_of_every_room_is_refused_without_its_token()
    {
        var forms = Routes.Of(town.Server)
            .Where(route => route.Method is not ("GET" or "HEAD") && !route.IsApi).ToList();
        Assert.True(forms.Count >= 4);
        var others = await town.Server.Anonymous().FormToken();
        foreach (var route in forms)
        {
            var answers = new List<HttpStatusCode>();
            foreach (var who in new[] { "b1", "m1", "p1" })
                foreach (var body in Bodies(others))
                    answers.Add(await AnswerTo(who, route, body));
            // A form that is streamed is looked at by its endpoint, which first looks whose the dispute is.
            Assert.Contains(HttpStatusCode.BadRequest, answers);
            Assert.All(answers, answer => Assert.True(
                answer == HttpStatusCode.BadRequest || FormGate.ReadsOwnForm(route.Endpoint)
                    && answer == HttpStatusCode.NotFound,
                $"{route}: {answer}"));
        }
    }

    private async Task<HttpStatusCode> AnswerTo(string who, Route route, HttpContent? body)
    {
        var path = route.PathWith(name => town.Value(name, route.Pattern));
        using var request = new HttpRequestMessage(new(route.Method), Forms.Local(path)) { Content = body };
        using var answer = await town.Who(who, atApi: false).SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpContent?[] Bodies(string token) =>
    [
        null, new StringContent(""), new StringContent("{}", Encoding.UTF8, "application/json"),
        new StringContent("{}", Encoding.UTF8, "text/plain"), Form(""), Form(token), Multipart(), Multipart(token),
    ];

    private static FormUrlEncodedContent Form(string token) => new([KeyValuePair.Create(FormGate.FieldName, token)]);

    private static MultipartFormDataContent Multipart(string? token = null)
    {
        var form = new MultipartFormDataContent();
        if (token is not null) form.Add(new StringContent(token), FormGate.FieldName);
        form.Add(new StringContent("x"), "file", "x.txt");
        return form;
    }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.pages.Url;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Somebody who looks at pages: keeps cookies, fills in forms, and runs no script. */
final class Browser {
  private static final String ACCEPT =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Map<String, String> cookies = new TreeMap<>();
  private final String origin;

  Browser(int port) {
    origin = "http://127.0.0.1:" + port;
  }

  /** What came back, and where from. */
  record Seen(int status, HttpHeaders headers, String text) {
    Document page() {
      return Jsoup.parse(text);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    Seen expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    /** A page of this status that says this, and that has what every page has. */
    Document says(int expected, String... texts) {
      expect(expected);
      assertThat(header("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header("Content-Security-Policy")).contains("default-src 'none'");
      Document page = page();
      assertThat(page.select("style, [style], [onclick], script:not([src])")).isEmpty();
      for (String said : texts) {
        assertThat(page.text()).contains(said);
      }
      return page;
    }
  }

  /** Signs in with the key of this caller. */
  Browser signIn(Http key) {
    Element form = get("/sign-in").says(200, "API key").select("form").first();
    Seen done = submit(form, Map.of("key", Objects.requireNonNull(key.key())));
    done.expect(303);
    return this;
  }

  Seen get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /** What a form sends that was filled in so. */
  Seen submit(@Nullable Element given, Map<String, String> filled, String... headers) {
    Element form = Objects.requireNonNull(given, "there is no such form");
    Map<String, String> values = new TreeMap<>();
    form.select("input[name]:not([type=checkbox]), input[checked], textarea[name]")
        .forEach(i -> values.put(i.attr("name"), i.val()));
    values.putAll(filled);
    return post(form.attr("action"), values, headers);
  }

  Seen post(String path, Map<String, String> values, String... headers) {
    String body =
        values.entrySet().stream()
            .map(e -> Url.encoded(e.getKey()) + "=" + Url.encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).header("Accept", ACCEPT);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("; ")));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private Seen send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String set : response.headers().allValues("Set-Cookie")) {
        HttpCookie cookie = HttpCookie.parse(set).get(0);
        if (cookie.getMaxAge() == 0) {
          cookies.remove(cookie.getName());
        } else {
          cookies.put(cookie.getName(), cookie.getValue());
        }
      }
      return new Seen(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package dev.toygun.api.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes HTML. Whatever stands in an answer is escaped for the place where it comes to stand. */
public final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** A page. */
  public String page(Page page, View view) {
    return render(page.template(), Map.of("view", view));
  }

  /**
   * Where one signs in.
   *
   * @param next where to go then
   * @param wrong why it did not work; empty for the first time
   * @param elsewhere where else one can; empty where there is nothing configured
   */
  public String signIn(
      Frame frame, String next, String wrong, Optional<Frame.Elsewhere> elsewhere) {
    return render(
        "signin", Map.of("frame", frame, "next", next, "wrong", wrong, "elsewhere", elsewhere));
  }

  /** What whoever signed in elsewhere sees on the way to where they wanted to be. */
  public String signedIn(Frame frame, String next) {
    return render("signedin", Map.of("frame", frame, "next", next));
  }

  /**
   * Asks whether something is meant, and why.
   *
   * @param url of its form
   * @param it what it is done to
   * @param states where it can go back to
   * @param args what a task that it starts may be given
   * @param once what keeps a form that is sent twice from being carried out twice
   * @param back where to go instead
   */
  public String act(
      Act act,
      Frame frame,
      Url url,
      Shown it,
      List<String> states,
      List<Shown> args,
      String once,
      String back,
      String curl) {
    return render(
        "act",
        Map.of(
            "act", act, "frame", frame, "url", url, "it", it, "states", states, "args", args,
            "once", once, "back", back, "curl", curl));
  }

  /** What a request heard instead of what it hoped for. */
  public String problem(Frame frame, Shown problem) {
    return render("problem", Map.of("frame", frame, "problem", problem));
  }

  private String render(String template, Map<String, Object> values) {
    StringOutput html = new StringOutput(16 * 1024);
    engine.render(template + ".jte", values, html);
    return html.toString();
  }
}

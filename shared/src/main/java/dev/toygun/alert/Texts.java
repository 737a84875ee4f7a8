package dev.toygun.alert;

/** Fits texts into the places where other people's protocols have room for them. */
final class Texts {
  private Texts() {}

  /** At most so many characters, never half of one. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** On one line, without what could begin another header. */
  static String line(String text, int most) {
    return cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), most);
  }
}

/**
 * The pages: what the API answers, as HTML that works without a script.
 *
 * <p>A page is a {@link dev.toygun.api.pages.Page}: the operation of the contract whose answer it
 * shows, the further ones that it asks, and a template. It knows nothing but those answers, so it
 * cannot show what the API would not, and no rule is in it a second time. Templates are in {@code
 * src/main/jte}, one for each noun; the build makes classes of them.
 */
@NullMarked
package dev.toygun.api.pages;

import org.jspecify.annotations.NullMarked;

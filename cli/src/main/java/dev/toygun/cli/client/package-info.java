/**
 * The verbs that ask the API: {@code VERB TYPE [NAME]}, where a name is a label or a uuid.
 *
 * <p>A verb lives for a moment, so it keeps away from what is slow to load: the JDK's old HTTP
 * client, and no Vert.x.
 */
@NullMarked
package dev.toygun.cli.client;

import org.jspecify.annotations.NullMarked;

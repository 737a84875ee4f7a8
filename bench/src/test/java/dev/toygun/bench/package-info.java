@NullMarked
package dev.toygun.bench;

import org.jspecify.annotations.NullMarked;

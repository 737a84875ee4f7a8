/**
 * Tests of the API over real HTTP and a real PostgreSQL; every answer is held against the contract.
 */
@NullMarked
package dev.toygun.api;

import org.jspecify.annotations.NullMarked;

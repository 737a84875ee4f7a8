package dev.toygun.planted.worker;

import io.vertx.ext.web.Router;

/** An offence: HTTP is the API's. */
public record SeesVertxWeb(Router router) {}

package dev.toygun.alert;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x for a client that would look names up itself. Its connections go to the one address that
 * was judged, under the name that they were asked to go to, so that certificates are held to the
 * name. Any other way to connect is refused, so that a client that learns one does not go past
 * this.
 */
final class FixedAddress {
  private FixedAddress() {}

  static Vertx in(Vertx vertx, InetAddress address) {
    return proxy(
        Vertx.class,
        (self, method, arguments) -> {
          Object answer = invoke(vertx, method, arguments);
          return answer instanceof NetClient client ? client(client, address) : answer;
        });
  }

  private static NetClient client(NetClient client, InetAddress address) {
    return proxy(
        NetClient.class,
        (self, method, arguments) -> {
          if (!method.getName().equals("connect")) {
            return invoke(client, method, arguments);
          }
          if (arguments.length == 2
              && arguments[0] instanceof Integer port
              && arguments[1] instanceof String host) {
            return client.connect(named(host, address, port));
          }
          throw new UnsupportedOperationException("only to the address that was judged: " + method);
        });
  }

  private static SocketAddress named(String host, InetAddress address, int port)
      throws UnknownHostException {
    return SocketAddress.inetSocketAddress(
        new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port));
  }

  private static @Nullable Object invoke(
      Object on, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}

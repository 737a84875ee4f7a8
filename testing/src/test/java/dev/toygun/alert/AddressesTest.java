package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a sink may be. */
class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1",
        "2001::1"
      })
  void whatIsNotTheInternetIsInside(String address) throws UnknownHostException {
    assertThat(Addresses.inside(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "100.128.0.1",
        "223.1.1.1",
        "2606:4700::1111"
      })
  void whatIsTheInternetIsNot(String address) throws UnknownHostException {
    assertThat(Addresses.inside(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void aNetworkHoldsItsAddressesAndNoOthers() throws UnknownHostException {
    Network network = Network.of("10.20.0.0/15");
    assertThat(network.holds(InetAddress.getByName("10.21.255.255"))).isTrue();
    assertThat(network.holds(InetAddress.getByName("10.22.0.0"))).isFalse();
    assertThat(network.holds(InetAddress.getByName("fd00::1"))).isFalse();
    assertThat(Network.of("fd00::/8").holds(InetAddress.getByName("fdff::1"))).isTrue();
    assertThat(Network.of("127.0.0.1").holds(InetAddress.getByName("127.0.0.2"))).isFalse();
    assertThat(Network.of("0.0.0.0/0").holds(InetAddress.getByName("8.8.8.8"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0",
        "fd00::/129",
        "10.0.0.0/x"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Network.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/8");
  }
}

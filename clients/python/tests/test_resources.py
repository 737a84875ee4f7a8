"""How resources are found and waited for: against a server that answers what a test says."""

import unittest
from urllib.parse import unquote

from toygun import Conflict, Ended, NotFound, Toygun, WaitedTooLong

from .scripted import Scripted

KEY = "tgk_0123456789abcdef"
ACME = ("customer", "00000000-0000-0000-0000-000000000001")
OF_ACME = {"type": "app", "label": "shop", "uuid": "a", "parent_type": "customer", "parent_label": "acme"}
OF_NOBODY = {"type": "app", "label": "shop", "uuid": "b", "parent_type": None, "parent_label": None}


def page(*items):
    return (200, {}, {"items": items, "next_page_token": None})


class ResourcesTest(unittest.TestCase):
    def refused(self, problem, call):
        with self.assertRaises(problem) as raised:
            call()
        return str(raised.exception)

    def test_a_label_is_looked_for_below_its_parent(self):
        with Scripted(page(OF_ACME), (200, {}, OF_ACME)) as server:
            self.assertEqual(Toygun(server.url, KEY).resources.find("app", "shop", parent=ACME)["uuid"], "a")
            asked = unquote(server.requests[0][1])
        self.assertIn("filter=label=shop", asked)
        self.assertIn("filter=parent=" + ACME[1], asked)

    def test_where_more_have_a_label_each_is_named(self):
        with Scripted(page(OF_ACME, OF_NOBODY)) as server:
            told = self.refused(Conflict, lambda: Toygun(server.url, KEY).resources.find("app", "shop"))
        self.assertIn(
            'more than one app is labelled "shop", under different parents: say which parent, or name it by'
            " its uuid, of app/shop of customer/acme a, app/shop b",
            told,
        )
        self.assertNotIn("others", told)

    def test_where_many_have_a_label_it_is_said_that_there_are_others(self):
        with Scripted(page(*[OF_ACME] * 6, OF_NOBODY)) as server:
            told = self.refused(Conflict, lambda: Toygun(server.url, KEY).resources.find("app", "shop"))
        self.assertIn("app/shop of customer/acme a and maybe others", told)
        self.assertNotIn("shop b", told)

    def test_what_is_not_there_below_a_parent_is_said_so(self):
        with Scripted(page(), page()) as server:
            resources = Toygun(server.url, KEY).resources
            told = self.refused(NotFound, lambda: resources.find("app", "shop"))
            below = self.refused(NotFound, lambda: resources.find("app", "shop", parent=ACME))
        self.assertIn('there is no app labelled "shop" that has not ended', told)
        self.assertIn(f'there is no app labelled "shop" below {ACME[1]} that has not ended', below)

    def test_who_waits_in_vain_hears_that_it_has_ended_or_how_it_is(self):
        initech = {"type": "customer", "label": "initech", "uuid": ACME[1], "state": "signed"}
        initech["availability"] = "unknown"
        with Scripted((200, {}, {**initech, "active": False})) as server:
            resources = Toygun(server.url, KEY).resources
            told = self.refused(Ended, lambda: resources.wait(ACME, state="up"))
        self.assertEqual(told, 'customer "initech" has ended: it will never be what was waited for')
        with Scripted(*[(200, {}, {**initech, "active": True})] * 9) as server:
            resources = Toygun(server.url, KEY).resources
            told = self.refused(WaitedTooLong, lambda: resources.wait(ACME, state="up", timeout=0))
        self.assertIn('customer "initech" is signed, its availability unknown', told)

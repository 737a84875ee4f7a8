"""What the README shows is run."""

import contextlib
import io
import re
import unittest
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


class ReadmeTest(unittest.TestCase):
    def test_the_examples_run(self):
        examples = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
        self.assertEqual(len(examples), 2)
        said = []
        for example in examples:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(example, str(README), "exec"), {})
            said.append(out.getvalue())
        self.assertRegex(said[0], r"^Hello\.\n")
        self.assertRegex(said[0], r"speaking -> quiet\n$")
        self.assertEqual(said[1], "kept\n")
        from toygun import Toygun

        client = Toygun()
        client.resources.delete(client.resources.find("echo", "hello"))


if __name__ == "__main__":
    unittest.main()

"""Tests of setup.sh against a machine made of stand-ins: a folder with the few
commands that it needs, where each test decides what they answer."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

UTILS = pathlib.Path(__file__).parent
REAL = ["bash", "dirname", "sed", "grep", "awk", "mkdir", "cat", "env", "tail",
        "cmp", "cp", "touch"]
DEBIAN = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n'
PLENTY = "echo header; echo x 1 1 90000000 1% /"
ALL_INSTALLED = 'shift 2; for p; do echo "installed $p"; done'


class SetupTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.bin = self.root / "bin"
        for name in ("bin", "utils", "test/oracle", "third_party/onnx"):
            (self.root / name).mkdir(parents=True)
        for name in ("setup.sh", "common.sh"):
            shutil.copy(UTILS / name, self.root / "utils")
        for folder in ("test/oracle", "third_party/onnx"):
            (self.root / folder / "package-lock.json").write_text("{}")
        for name in REAL:
            (self.bin / name).symlink_to(shutil.which(name))
        self.log = self.root / "commands"
        self.os_release(DEBIAN)
        self.command("id", "echo 0")
        self.command("df", PLENTY)
        self.command("sleep", "")
        self.command("dpkg-query", "")
        self.command("apt-get", "")
        self.command("node", "echo v18.20.4")
        self.command("npm", 'mkdir -p "${@: -1}/node_modules"')

    def os_release(self, text):
        (self.root / "os-release").write_text(text)

    def command(self, name, body):
        """Makes a stand-in that notes its arguments and runs `body`."""
        path = self.bin / name
        path.write_text(f'#!{shutil.which("bash")}\n'
                        f'echo {name} "$@" >>{self.log}\n{body}\n')
        path.chmod(0o755)

    def run_setup(self, *arguments, **environment):
        environment = {"PATH": str(self.bin), **environment,
                       "ATLEUS_OS_RELEASE": str(self.root / "os-release")}
        run = subprocess.run([self.root / "utils/setup.sh", *arguments],
                             env=environment, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return run.returncode, run.stdout

    def ran(self, text):
        return self.log.exists() and text in self.log.read_text()

    def test_nothing_missing(self):
        self.command("dpkg-query", ALL_INSTALLED)
        code, output = self.run_setup()
        self.assertEqual((code, output),
                         (0, "==> Everything needed is installed\n"))
        self.assertFalse(self.ran("apt-get"))

    def test_installs_only_what_is_missing(self):
        self.command("dpkg-query", ALL_INSTALLED + " | grep -v ninja")
        code, output = self.run_setup()
        self.assertEqual(code, 0, output)
        self.assertIn("Installing 1 packages: ninja-build", output)
        self.assertTrue(self.ran("apt-get -o DPkg::Lock::Timeout=600 -q install"
                                 " -y --no-install-recommends ninja-build\n"))

    def test_neither_root_nor_sudo(self):
        self.command("id", "echo 1000")
        code, output = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("needs root, and there is no sudo", output)
        self.assertFalse(self.ran("apt-get"))

    def test_sudo(self):
        self.command("id", "echo 1000")
        self.command("sudo", '"$@"')
        code, output = self.run_setup()
        self.assertEqual(code, 0, output)
        self.assertTrue(self.ran("sudo env DEBIAN_FRONTEND=noninteractive"))

    def test_no_network(self):
        self.command("apt-get", "echo 'Could not resolve host'; exit 100")
        code, output = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("is there a network", output)
        self.assertIn("Could not resolve host", output)

    def test_lists_cannot_be_updated(self):
        self.command("apt-get", '[[ $* != *update* ]]')
        code, output = self.run_setup()
        self.assertEqual(code, 0, output)
        self.assertIn("trying the old ones", output)

    def test_no_disk_space(self):
        self.command("df", "echo header; echo x 1 1 1500000 1% /")
        code, output = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("needs 3 GB on the file system of /usr, which has 1 GB "
                      "free", output)

    def test_other_distribution(self):
        self.os_release('ID=ubuntu\nVERSION_ID="24.04"\n'
                        'PRETTY_NAME="Ubuntu 24.04"\n')
        code, output = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("supports Debian 12, and this is Ubuntu 24.04", output)
        self.assertIn("  libmlir-22-dev\n", output)
        code, output = self.run_setup(ATLEUS_SKIP_SETUP="1")
        self.assertEqual(code, 0, output)

    def test_old_node(self):
        self.command("dpkg-query", ALL_INSTALLED)
        self.command("node", "echo v16.3.0")
        code, output = self.run_setup("--tests")
        self.assertEqual(code, 1)
        self.assertIn("node 18 or newer is needed", output)

    def test_npm_packages_once(self):
        self.command("dpkg-query", ALL_INSTALLED)
        code, output = self.run_setup("--tests")
        self.assertEqual(code, 0, output)
        self.assertIn("npm packages of test/oracle", output)
        self.log.unlink()
        code, output = self.run_setup("--tests")
        self.assertEqual(output, "==> Everything needed is installed\n")
        self.assertFalse(self.ran("npm"))

    def test_npm_fails(self):
        self.command("dpkg-query", ALL_INSTALLED)
        self.command("npm", "echo ENOTFOUND; exit 1")
        code, output = self.run_setup("--tests")
        self.assertEqual(code, 1)
        self.assertIn("npm failed: is there a network?", output)

    def test_unknown_argument(self):
        code, output = self.run_setup("--all")
        self.assertEqual(code, 1)
        self.assertIn("unknown argument '--all'", output)


if __name__ == "__main__":
    unittest.main()

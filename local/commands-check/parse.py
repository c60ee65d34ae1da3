"""Parses AWS CLI commands with the AWS CLI's own parser and validates what they ask for; calls nothing.

Reads {"commands": [...], "answers": {"sqs receive-message": {...}}} from the standard input, and writes the version of the AWS
CLI with a list of [command, fault], the fault empty where there is none. A command with an answer shows it, by its --query
and --output, and it is a fault where that shows nothing of it.
"""

import contextlib
import io
import json
import shlex
import sys

import awscli
import awscli.clidriver
from botocore.validate import ParamValidator


def invoke(self, service_name, operation_name, parameters, parsed_globals):
    parameters.pop("PaginationConfig", None)  # of the CLI itself, as --max-items
    model = self._session.get_service_model(service_name)
    report = ParamValidator().validate(parameters, model.operation_model(operation_name).input_shape)
    print("" if not report.has_errors() else report.generate_report(), file=asked)
    answer = answers.get(f"{service_name} {operation_name.lower()}")
    if answer:
        self._display_response(operation_name, answer, parsed_globals)
    return 0


awscli.clidriver.CLIOperationCaller.invoke = invoke
EMPTY = ("null", "None", "[]", "{}")
driver = awscli.clidriver.create_clidriver()
given = json.load(sys.stdin)
answers = {
    f"{service} {operation.replace('-', '').lower()}": answer
    for (service, operation), answer in ((tuple(name.split(" ")), answer) for name, answer in given["answers"].items())
}
faults = []
for command in given["commands"]:
    asked, told = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
        try:
            code = driver.main(shlex.split(command)[1:])
        except SystemExit as ended:
            code = ended.code
    if "Invalid choice" in told.getvalue():
        faults.append([command, "NO SUCH OPERATION"])
    elif asked.getvalue() == "":
        lines = [line for line in told.getvalue().splitlines() if line.strip()]
        faults.append([command, f"exit code {code}: " + " ".join(lines[-3:])])
    elif asked.getvalue().strip() == "" and told.getvalue().strip() in EMPTY:
        faults.append([command, "shows nothing of what was answered"])
    else:
        faults.append([command, asked.getvalue().strip()])
json.dump({"version": awscli.__version__, "faults": faults}, sys.stdout)

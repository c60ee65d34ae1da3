"""Asks prowler about the domains and policies on standard input: its check, with its client replaced, and its function. It calls nothing."""

import json
import sys
import types
from importlib import import_module, metadata
from unittest import mock

ACCOUNT = "111122223333"
CHECK = "opensearch_service_domains_not_publicly_accessible"
FOLDER = "prowler.providers.aws.services.opensearch"

client = mock.MagicMock(audited_account=ACCOUNT, audit_config={})
sys.modules[f"{FOLDER}.opensearch_client"] = types.SimpleNamespace(opensearch_client=client)


def parsed(policy):
    """As its service reads the policy of a domain."""
    return json.loads(policy) if isinstance(policy, str) else policy


def answer_of(ask, what):
    try:
        return "objects" if ask(what) else "silent"
    except Exception:
        return "fails"


def main():
    from prowler.providers.aws.services.iam.lib.policy import is_policy_public

    module = import_module(f"{FOLDER}.{CHECK}.{CHECK}")
    module.Check_Report_AWS = lambda **_: types.SimpleNamespace()
    check = getattr(module, CHECK)()

    def objects_to(domain):
        client.opensearch_domains = {
            "logs": types.SimpleNamespace(
                name="logs",
                vpc_id="vpc-0a1b2c3d" if domain["isInVpc"] else None,
                access_policy=parsed(domain["policy"]),
            )
        }
        return check.execute()[0].status == "FAIL"

    asked = json.load(sys.stdin)
    answers = {
        "version": metadata.version("prowler"),
        "domains": [answer_of(objects_to, each) for each in asked["domains"]],
        "policies": [answer_of(lambda policy: is_policy_public(parsed(policy), ACCOUNT), each) for each in asked["policies"]],
    }
    json.dump(answers, sys.stdout)


main()

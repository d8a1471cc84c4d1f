"""Starts MiniStack with three corrections.

AWS authorises SQS's batch requests by the actions of the single ones. MiniStack asks for sqs:SendMessageBatch and the like, which
are no actions on AWS and which no role of ours needs.

A schedule's ARN names the group that it is in. MiniStack takes every schedule for one of the group "default".

Each execution environment of a function has a /tmp of its own. MiniStack's share the machine's.
"""

import json
import os
import subprocess
import types

import ministack.core.iam_actions as iam_actions
import ministack.core.lambda_runtime as lambda_runtime
from ministack.app import main

find_action = iam_actions.extract_iam_action
find_resource = iam_actions.extract_resource_arn


def find_action_as_aws(*args, **kwargs):
    action = find_action(*args, **kwargs)
    if action is not None and action.startswith("sqs:"):
        return action.removesuffix("Batch")
    return action


def find_resource_as_aws(service, method, path, headers, body, query_params, *args, **kwargs):
    resource = find_resource(service, method, path, headers, body, query_params, *args, **kwargs)
    if ":schedule/default/" not in str(resource):
        return resource
    given = (query_params or {}).get("groupName")
    group = given[0] if isinstance(given, list) else given
    if group is None and body:
        group = json.loads(body).get("GroupName")
    return resource.replace("/default/", f"/{group or 'default'}/", 1)


def start_with_own_tmp(*args, **kwargs):
    # Beside the code, in the folder that goes with the environment.
    own = os.path.join(os.path.dirname(kwargs["cwd"]), "tmp")
    os.makedirs(own, exist_ok=True)
    return subprocess.Popen(*args, **{**kwargs, "env": {**kwargs["env"], "TMPDIR": own}})


lambda_runtime.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": start_with_own_tmp})
iam_actions.extract_iam_action = find_action_as_aws
iam_actions.extract_resource_arn = find_resource_as_aws
main()

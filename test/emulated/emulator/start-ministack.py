"""Starts MiniStack with two corrections of what it asks a role for.

AWS authorises SQS's batch requests by the actions of the single ones. MiniStack asks for sqs:SendMessageBatch and the like, which
are no actions on AWS and which no role of ours needs.

A schedule's ARN names the group that it is in. MiniStack takes every schedule for one of the group "default".
"""

import json

import ministack.core.iam_actions as iam_actions
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


iam_actions.extract_iam_action = find_action_as_aws
iam_actions.extract_resource_arn = find_resource_as_aws
main()

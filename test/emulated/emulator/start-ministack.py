"""Starts MiniStack with one correction: AWS authorises SQS's batch requests by the actions of the single ones.

MiniStack asks for sqs:SendMessageBatch and the like, which are no actions on AWS and which no role of ours needs.
"""

import ministack.core.iam_actions as iam_actions
from ministack.app import main

find_action = iam_actions.extract_iam_action


def find_action_as_aws(*args, **kwargs):
    action = find_action(*args, **kwargs)
    if action is not None and action.startswith("sqs:"):
        return action.removesuffix("Batch")
    return action


iam_actions.extract_iam_action = find_action_as_aws
main()

"""SES of the account: `verify ADDRESS…` | `forget ADDRESS` | `sandbox` | `mails`, which prints all mails that were sent."""

import json
import sys
import urllib.request

import boto3

ses = boto3.client("sesv2")
command, addresses = sys.argv[1], sys.argv[2:]
result = None
if command == "verify":
    for address in addresses:
        ses.create_email_identity(EmailIdentity=address)
elif command == "forget":
    ses.delete_email_identity(EmailIdentity=addresses[0])
elif command == "sandbox":
    ses.put_account_details(
        MailType="TRANSACTIONAL", WebsiteURL="https://example.com", UseCaseDescription="reports", ProductionAccessEnabled=False
    )
else:
    with urllib.request.urlopen(f"{ses.meta.endpoint_url}/_ministack/ses/messages") as answer:
        result = [mail for mails in json.load(answer)["messages"].values() for mail in mails]
print(json.dumps(result))

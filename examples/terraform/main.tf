# Launches the plain CloudFormation template of es-config-monitor: what it makes is written there, and nowhere twice.
# `npm run release` writes the template and the code; docs/without-cdk.md tells the rest.

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

locals {
  # The prefix tells the versions of the code apart: CloudFormation takes code under the same key for the same code.
  template    = jsondecode(file("${var.release_folder}/es-config-monitor.template.json"))
  code_prefix = coalesce(var.code_prefix, local.template.Parameters.CodePrefix.Default)

  template_key = "${local.code_prefix}es-config-monitor.template.json"
  files        = fileset(var.release_folder, "*.{zip,json}")
}

resource "aws_s3_object" "release" {
  for_each = local.files

  bucket      = var.code_bucket
  key         = "${local.code_prefix}${each.value}"
  source      = "${var.release_folder}/${each.value}"
  source_hash = filesha256("${var.release_folder}/${each.value}")
}

resource "aws_cloudformation_stack" "monitor" {
  name         = var.stack_name
  capabilities = ["CAPABILITY_IAM"]
  template_url = "https://${var.code_bucket}.s3.${data.aws_region.here.id}.${data.aws_partition.here.dns_suffix}/${local.template_key}"

  parameters = {
    CodeBucket           = var.code_bucket
    CodePrefix           = local.code_prefix
    TrailBucketName      = var.trail_bucket_name
    LogFilePrefix        = var.log_file_prefix
    Notifications        = var.notifications
    NotificationTopicArn = var.notification_topic_arn
    EncryptionKeyArn     = var.encryption_key_arn
    AlertEmail           = var.alert_email
    MinimumSeverity      = var.minimum_severity
    OperationsEmail      = var.operations_email
    WatchedEvents        = join(",", var.watched_events)
    SettingsArchive      = var.settings_archive
  }

  depends_on = [aws_s3_object.release]
}

data "aws_region" "here" {}

data "aws_partition" "here" {}

variable "release_folder" {
  description = "Folder that npm run release wrote."
  type        = string
}

variable "stack_name" {
  description = "Name of the stack, which also tells its metrics from those of another."
  type        = string
  default     = "EsConfigMonitor"
}

variable "code_bucket" {
  description = "Bucket, in the region of the stack, that the code is copied to."
  type        = string
}

variable "code_prefix" {
  description = "What the keys of the code start with; empty for the one the template names, which is new with each version."
  type        = string
  default     = ""
}

variable "trail_bucket_name" {
  description = "Bucket that a trail delivers to already; empty for a new trail with a bucket of its own."
  type        = string
  default     = ""
}

variable "log_file_prefix" {
  description = "What the keys of the log files in trail_bucket_name start with."
  type        = string
  default     = "AWSLogs/"
}

variable "notifications" {
  description = "How the news of a log file in trail_bucket_name gets here."
  type        = string
  default     = "bucket"

  validation {
    condition     = contains(["bucket", "eventbridge", "topic"], var.notifications)
    error_message = "Allowed: bucket, eventbridge, topic."
  }
}

variable "notification_topic_arn" {
  description = "Topic that S3 or CloudTrail tells of each log file; only with notifications = \"topic\"."
  type        = string
  default     = ""
}

variable "encryption_key_arn" {
  description = "KMS key that the log files in trail_bucket_name are encrypted with; empty for those of Amazon S3."
  type        = string
  default     = ""
}

variable "alert_email" {
  description = "Address to subscribe to the alerts; empty for none."
  type        = string
  default     = ""
}

variable "minimum_severity" {
  description = "The mildest alerts that alert_email is sent."
  type        = string
  default     = "LOW"

  validation {
    condition     = contains(["LOW", "MEDIUM", "HIGH", "CRITICAL"], var.minimum_severity)
    error_message = "Allowed: LOW, MEDIUM, HIGH, CRITICAL."
  }
}

variable "operations_email" {
  description = "Address to subscribe to the alarms about the monitor itself; empty for none."
  type        = string
  default     = ""
}

variable "watched_events" {
  description = "Names of the API operations to watch; none for every call that changes a configuration."
  type        = list(string)
  default     = []
}

variable "settings_archive" {
  description = "Name of the archive with your monitor.json in release_folder; empty for none."
  type        = string
  default     = ""
}

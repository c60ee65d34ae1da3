output "outputs" {
  description = "What the stack tells: the topics by severity, the queues, the commands of the runbook."
  value       = aws_cloudformation_stack.monitor.outputs
}

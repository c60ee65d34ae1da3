/* Terraform plans, as `terraform show -json` writes them: what they declare. */

export { declaredInPlan, isPlan, type PlanContext } from './plan';

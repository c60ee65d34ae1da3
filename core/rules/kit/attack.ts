/** The version of MITRE ATT&CK the technique ids below belong to; version 19 renumbered those about impaired defences. */
export const ATTACK_VERSION = '19';

export interface Technique {
  readonly id: string;
  readonly name: string;
}

const NAMES = {
  T1020: 'Automated Exfiltration',
  T1040: 'Network Sniffing',
  T1098: 'Account Manipulation',
  T1133: 'External Remote Services',
  T1190: 'Exploit Public-Facing Application',
  'T1195.002': 'Supply Chain Compromise: Compromise Software Supply Chain',
  T1199: 'Trusted Relationship',
  'T1213.006': 'Data from Information Repositories: Databases',
  'T1484.002': 'Domain or Tenant Policy Modification: Trust Modification',
  T1485: 'Data Destruction',
  T1486: 'Data Encrypted for Impact',
  T1489: 'Service Stop',
  T1490: 'Inhibit System Recovery',
  T1496: 'Resource Hijacking',
  T1505: 'Server Software Component',
  T1530: 'Data from Cloud Storage',
  T1537: 'Transfer Data to Cloud Account',
  T1556: 'Modify Authentication Process',
  T1557: 'Adversary-in-the-Middle',
  'T1578.005': 'Modify Cloud Compute Infrastructure: Modify Cloud Compute Configurations',
  T1685: 'Disable or Modify Tools',
  'T1685.002': 'Disable or Modify Tools: Disable or Modify Cloud Log',
  'T1686.001': 'Disable or Modify System Firewall: Cloud Firewall',
  T1689: 'Downgrade Attack',
} as const;

/** The technique of a known id. */
export function technique(id: keyof typeof NAMES): Technique {
  return { id, name: NAMES[id] };
}

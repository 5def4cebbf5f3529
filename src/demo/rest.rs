//! The operations of the services that name them by nothing but method and path, after AWS's published service models.

use super::call::Wire;

/// Signing name, wire format, method, path, operation. `{}` in a path stands for any one part of it.
#[rustfmt::skip]
static OPERATIONS: &[(&str, Wire, &str, &str, &str)] = &[
    ("access-analyzer", Wire::RestJson, "GET", "/analyzer", "ListAnalyzers"),
    ("airflow", Wire::RestJson, "GET", "/environments", "ListEnvironments"),
    ("airflow", Wire::RestJson, "GET", "/environments/{}", "GetEnvironment"),
    ("apigateway", Wire::RestJson, "GET", "/restapis", "GetRestApis"),
    ("apigateway", Wire::RestJson, "GET", "/restapis/{}/stages", "GetStages"),
    ("aps", Wire::RestJson, "GET", "/scrapers", "ListScrapers"),
    ("aps", Wire::RestJson, "GET", "/workspaces", "ListWorkspaces"),
    ("backup", Wire::RestJson, "GET", "/backup-vaults/", "ListBackupVaults"),
    ("backup", Wire::RestJson, "GET", "/backup-vaults/{}/recovery-points/", "ListRecoveryPointsByBackupVault"),
    ("batch", Wire::RestJson, "POST", "/v1/describecomputeenvironments", "DescribeComputeEnvironments"),
    ("bedrock", Wire::RestJson, "GET", "/custom-models", "ListCustomModels"),
    ("bedrock", Wire::RestJson, "GET", "/imported-models", "ListImportedModels"),
    ("bedrock", Wire::RestJson, "GET", "/imported-models/{}", "GetImportedModel"),
    ("bedrock", Wire::RestJson, "GET", "/knowledgebases/{}", "GetKnowledgeBase"),
    ("bedrock", Wire::RestJson, "GET", "/marketplace-model/endpoints", "ListMarketplaceModelEndpoints"),
    ("bedrock", Wire::RestJson, "GET", "/model-customization/custom-model-deployments", "ListCustomModelDeployments"),
    ("bedrock", Wire::RestJson, "GET", "/provisioned-model-throughputs", "ListProvisionedModelThroughputs"),
    ("bedrock", Wire::RestJson, "POST", "/knowledgebases/", "ListKnowledgeBases"),
    ("chime", Wire::RestJson, "GET", "/phone-numbers", "ListPhoneNumbers"),
    ("cloudfront", Wire::RestXml, "GET", "/2020-05-31/distribution", "ListDistributions"),
    ("connect", Wire::RestJson, "POST", "/phone-number/list", "ListPhoneNumbersV2"),
    ("detective", Wire::RestJson, "POST", "/graphs/list", "ListGraphs"),
    ("detective", Wire::RestJson, "POST", "/invitations/list", "ListInvitations"),
    ("docdb-elastic", Wire::RestJson, "GET", "/cluster/{}", "GetCluster"),
    ("docdb-elastic", Wire::RestJson, "GET", "/clusters", "ListClusters"),
    ("drs", Wire::RestJson, "POST", "/DescribeSourceServers", "DescribeSourceServers"),
    ("dsql", Wire::RestJson, "GET", "/cluster", "ListClusters"),
    ("dsql", Wire::RestJson, "GET", "/cluster/{}", "GetCluster"),
    ("eks", Wire::RestJson, "GET", "/cluster-versions", "DescribeClusterVersions"),
    ("eks", Wire::RestJson, "GET", "/clusters", "ListClusters"),
    ("eks", Wire::RestJson, "GET", "/clusters/{}", "DescribeCluster"),
    ("eks", Wire::RestJson, "GET", "/clusters/{}/capabilities", "ListCapabilities"),
    ("eks", Wire::RestJson, "GET", "/clusters/{}/fargate-profiles", "ListFargateProfiles"),
    ("eks", Wire::RestJson, "GET", "/clusters/{}/node-groups", "ListNodegroups"),
    ("elasticfilesystem", Wire::RestJson, "GET", "/2015-02-01/file-systems", "DescribeFileSystems"),
    ("emr-serverless", Wire::RestJson, "GET", "/applications", "ListApplications"),
    ("emr-serverless", Wire::RestJson, "GET", "/applications/{}", "GetApplication"),
    ("es", Wire::RestJson, "GET", "/2021-01-01/domain", "ListDomainNames"),
    ("es", Wire::RestJson, "POST", "/2021-01-01/opensearch/domain-info", "DescribeDomains"),
    ("gameliftstreams", Wire::RestJson, "GET", "/streamgroups", "ListStreamGroups"),
    ("gameliftstreams", Wire::RestJson, "GET", "/streamgroups/{}", "GetStreamGroup"),
    ("glacier", Wire::RestJson, "GET", "/{}/vaults", "ListVaults"),
    ("grafana", Wire::RestJson, "GET", "/workspaces", "ListWorkspaces"),
    ("guardduty", Wire::RestJson, "GET", "/detector", "ListDetectors"),
    ("guardduty", Wire::RestJson, "GET", "/detector/{}", "GetDetector"),
    ("inspector2", Wire::RestJson, "POST", "/status/batch/get", "BatchGetAccountStatus"),
    ("internetmonitor", Wire::RestJson, "GET", "/v20210603/Monitors", "ListMonitors"),
    ("internetmonitor", Wire::RestJson, "GET", "/v20210603/Monitors/{}", "GetMonitor"),
    ("kafka", Wire::RestJson, "GET", "/api/v2/clusters", "ListClustersV2"),
    ("kafka", Wire::RestJson, "GET", "/replication/v1/replicators", "ListReplicators"),
    ("kafkaconnect", Wire::RestJson, "GET", "/v1/connectors", "ListConnectors"),
    ("lambda", Wire::RestJson, "GET", "/2015-03-31/functions/", "ListFunctions"),
    ("lambda", Wire::RestJson, "GET", "/2015-03-31/functions/{}/configuration", "GetFunctionConfiguration"),
    ("lambda", Wire::RestJson, "GET", "/2019-09-30/functions/{}/provisioned-concurrency", "ListProvisionedConcurrencyConfigs"),
    ("m2", Wire::RestJson, "GET", "/environments", "ListEnvironments"),
    ("m2", Wire::RestJson, "GET", "/environments/{}", "GetEnvironment"),
    ("macie2", Wire::RestJson, "GET", "/macie", "GetMacieSession"),
    ("managedblockchain", Wire::RestJson, "GET", "/accessors", "ListAccessors"),
    ("managedblockchain", Wire::RestJson, "GET", "/networks", "ListNetworks"),
    ("managedblockchain", Wire::RestJson, "GET", "/networks/{}/members", "ListMembers"),
    ("managedblockchain", Wire::RestJson, "GET", "/networks/{}/nodes", "ListNodes"),
    ("mediaconnect", Wire::RestJson, "GET", "/v1/flows", "ListFlows"),
    ("mediaconnect", Wire::RestJson, "GET", "/v1/flows/{}", "DescribeFlow"),
    ("mediaconvert", Wire::RestJson, "GET", "/2017-08-29/queues", "ListQueues"),
    ("medialive", Wire::RestJson, "GET", "/prod/channels", "ListChannels"),
    ("medialive", Wire::RestJson, "GET", "/prod/inputs", "ListInputs"),
    ("mgn", Wire::RestJson, "POST", "/DescribeSourceServers", "DescribeSourceServers"),
    ("mq", Wire::RestJson, "GET", "/v1/brokers", "ListBrokers"),
    ("neptune-graph", Wire::RestJson, "GET", "/graphs", "ListGraphs"),
    ("networkflowmonitor", Wire::RestJson, "GET", "/monitors", "ListMonitors"),
    ("networkflowmonitor", Wire::RestJson, "GET", "/scopes", "ListScopes"),
    ("networkmanager", Wire::RestJson, "GET", "/attachments", "ListAttachments"),
    ("networkmanager", Wire::RestJson, "GET", "/core-networks", "ListCoreNetworks"),
    ("networkmanager", Wire::RestJson, "GET", "/core-networks/{}", "GetCoreNetwork"),
    ("networkmonitor", Wire::RestJson, "GET", "/monitors", "ListMonitors"),
    ("networkmonitor", Wire::RestJson, "GET", "/monitors/{}", "GetMonitor"),
    ("notifications-contacts", Wire::RestJson, "GET", "/emailcontacts", "ListEmailContacts"),
    ("osis", Wire::RestJson, "GET", "/2022-01-01/osis/listPipelines", "ListPipelines"),
    ("qbusiness", Wire::RestJson, "GET", "/applications", "ListApplications"),
    ("qbusiness", Wire::RestJson, "GET", "/applications/{}/indices", "ListIndices"),
    ("qbusiness", Wire::RestJson, "GET", "/applications/{}/indices/{}", "GetIndex"),
    ("qbusiness", Wire::RestJson, "GET", "/applications/{}/subscriptions", "ListSubscriptions"),
    ("quicksight", Wire::RestJson, "GET", "/account/{}", "DescribeAccountSubscription"),
    ("quicksight", Wire::RestJson, "GET", "/accounts/{}/namespaces", "ListNamespaces"),
    ("quicksight", Wire::RestJson, "GET", "/accounts/{}/namespaces/{}/users", "ListUsers"),
    ("resiliencehub", Wire::RestJson, "GET", "/list-apps", "ListApps"),
    ("route53", Wire::RestXml, "GET", "/2013-04-01/healthcheck", "ListHealthChecks"),
    ("route53", Wire::RestXml, "GET", "/2013-04-01/hostedzone", "ListHostedZones"),
    ("route53", Wire::RestXml, "GET", "/2013-04-01/trafficpolicyinstances", "ListTrafficPolicyInstances"),
    ("route53-recovery-control-config", Wire::RestJson, "GET", "/cluster", "ListClusters"),
    ("route53profiles", Wire::RestJson, "GET", "/profileassociations", "ListProfileAssociations"),
    ("route53profiles", Wire::RestJson, "GET", "/profiles", "ListProfiles"),
    ("s3", Wire::RestXml, "GET", "/", "ListBuckets"),
    ("s3express", Wire::RestXml, "GET", "/", "ListDirectoryBuckets"),
    ("savingsplans", Wire::RestJson, "POST", "/DescribeSavingsPlans", "DescribeSavingsPlans"),
    ("securityhub", Wire::RestJson, "GET", "/accounts", "DescribeHub"),
    ("securityhub", Wire::RestJson, "GET", "/hubv2", "DescribeSecurityHubV2"),
    ("securitylake", Wire::RestJson, "GET", "/v1/datalakes", "ListDataLakes"),
    ("ses", Wire::RestJson, "GET", "/v2/email/dedicated-ips", "GetDedicatedIps"),
    ("synthetics", Wire::RestJson, "POST", "/canaries", "DescribeCanaries"),
    ("vpc-lattice", Wire::RestJson, "GET", "/services", "ListServices"),
    ("workspaces-web", Wire::RestJson, "GET", "/portals", "ListPortals"),
];

/// How this service speaks, if it is one of these.
#[must_use]
pub fn wire(service: &str) -> Option<Wire> {
    OPERATIONS.iter().find(|(name, ..)| *name == service).map(|(_, wire, ..)| *wire)
}

/// The operation of a method and a path (without its query).
#[must_use]
pub fn operation(service: &str, method: &str, path: &str) -> Option<&'static str> {
    let same = |template: &str| {
        let (mut wanted, mut given) =
            (template.trim_end_matches('/').split('/'), path.trim_end_matches('/').split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("{}"), Some(_)) => {}
                (Some(wanted), Some(given)) if wanted == given => {}
                _ => return false,
            }
        }
    };
    let mut rows = OPERATIONS.iter().filter(|(name, _, verb, ..)| (*name, *verb) == (service, method));
    rows.find(|(.., template, _)| same(template)).map(|(.., operation)| *operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_path_may_be_anything() {
        assert_eq!(operation("eks", "GET", "/clusters"), Some("ListClusters"));
        assert_eq!(operation("eks", "GET", "/clusters/study"), Some("DescribeCluster"));
        assert_eq!(operation("eks", "POST", "/clusters"), None);
        assert_eq!(operation("eks", "GET", "/clusters/study/nodes"), None);
        assert_eq!(operation("backup", "GET", "/backup-vaults"), Some("ListBackupVaults"));
    }
}

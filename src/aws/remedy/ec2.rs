//! The calls of EC2, through its typed crate: the operations that its commands use, and no others.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    CancelSpotFleetRequestsError, DeleteFleetError, DeleteQueuedReservedInstancesError,
    DisableFastSnapshotRestoreErrorItem, InstanceStateName, IpamTier, Reservation, UnsuccessfulItem, VolumeState,
};
use serde_json::{Map, Value, json};

use super::dry::Dry;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::Text;

/// Whether EC2 offers a dry run of the operation.
pub(super) fn can_try(operation: &str) -> bool {
    operation.starts_with("ec2:") && operation != "ec2:ReleaseHosts"
}

/// The members of a request.
struct Input<'a>(&'a Map<String, Value>);

impl Input<'_> {
    fn text(&self, member: &str) -> Option<String> {
        self.0.get(member)?.as_str().map(str::to_owned)
    }

    fn flag(&self, member: &str) -> Option<bool> {
        self.0.get(member)?.as_bool()
    }

    fn list(&self, member: &str) -> Option<Vec<String>> {
        self.0.get(member)?.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    }
}

/// Sends a request whose answer holds nothing of interest.
macro_rules! sent {
    ($request:expr) => {
        $request.send().await.map(|_| Value::Null).map_err(Error::from)
    };
}

/// One call: the waiters' answers with the members that they look at, and what a successful call has refused.
#[expect(clippy::too_many_lines, reason = "a few lines for each operation")]
pub(super) async fn call(cx: &Cx, operation: &str, input: &Map<String, Value>, dry: Dry) -> Result<Value> {
    let (ec2, it) = (Client::new(&cx.sdk), Input(input));
    let dry = (dry == Dry::Yes).then_some(true);
    match operation {
        "CancelCapacityReservation" => {
            let request = ec2.cancel_capacity_reservation().set_dry_run(dry);
            sent!(request.set_capacity_reservation_id(it.text("CapacityReservationId")))
        }
        "CancelSpotFleetRequests" => cancel_spot_fleets(&ec2, &it, dry).await,
        "CancelSpotInstanceRequests" => {
            let request = ec2.cancel_spot_instance_requests().set_dry_run(dry);
            sent!(request.set_spot_instance_request_ids(it.list("SpotInstanceRequestIds")))
        }
        "DeleteClientVpnEndpoint" => {
            let request = ec2.delete_client_vpn_endpoint().set_dry_run(dry);
            sent!(request.set_client_vpn_endpoint_id(it.text("ClientVpnEndpointId")))
        }
        "DeleteFleets" => delete_fleets(&ec2, &it, dry).await,
        "DeleteIpam" => {
            let request = ec2.delete_ipam().set_dry_run(dry).set_cascade(it.flag("Cascade"));
            sent!(request.set_ipam_id(it.text("IpamId")))
        }
        "DeleteNatGateway" => {
            sent!(ec2.delete_nat_gateway().set_dry_run(dry).set_nat_gateway_id(it.text("NatGatewayId")))
        }
        "DeleteQueuedReservedInstances" => delete_queued(&ec2, &it, dry).await,
        "DeleteRouteServerEndpoint" => {
            let request = ec2.delete_route_server_endpoint().set_dry_run(dry);
            sent!(request.set_route_server_endpoint_id(it.text("RouteServerEndpointId")))
        }
        "DeleteSnapshot" => sent!(ec2.delete_snapshot().set_dry_run(dry).set_snapshot_id(it.text("SnapshotId"))),
        "DeleteTrafficMirrorSession" => {
            let request = ec2.delete_traffic_mirror_session().set_dry_run(dry);
            sent!(request.set_traffic_mirror_session_id(it.text("TrafficMirrorSessionId")))
        }
        "DeleteTransitGatewayConnect" => {
            let request = ec2.delete_transit_gateway_connect().set_dry_run(dry);
            sent!(request.set_transit_gateway_attachment_id(it.text("TransitGatewayAttachmentId")))
        }
        "DeleteTransitGatewayPeeringAttachment" => {
            let request = ec2.delete_transit_gateway_peering_attachment().set_dry_run(dry);
            sent!(request.set_transit_gateway_attachment_id(it.text("TransitGatewayAttachmentId")))
        }
        "DeleteTransitGatewayVpcAttachment" => {
            let request = ec2.delete_transit_gateway_vpc_attachment().set_dry_run(dry);
            sent!(request.set_transit_gateway_attachment_id(it.text("TransitGatewayAttachmentId")))
        }
        "DeleteVerifiedAccessEndpoint" => {
            let request = ec2.delete_verified_access_endpoint().set_dry_run(dry);
            let request = request.set_client_token(it.text("ClientToken"));
            sent!(request.set_verified_access_endpoint_id(it.text("VerifiedAccessEndpointId")))
        }
        "DeleteVolume" => sent!(ec2.delete_volume().set_dry_run(dry).set_volume_id(it.text("VolumeId"))),
        "DeleteVpcEncryptionControl" => {
            let request = ec2.delete_vpc_encryption_control().set_dry_run(dry);
            sent!(request.set_vpc_encryption_control_id(it.text("VpcEncryptionControlId")))
        }
        "DeleteVpcEndpoints" => {
            let request = ec2.delete_vpc_endpoints().set_dry_run(dry).set_vpc_endpoint_ids(it.list("VpcEndpointIds"));
            Ok(unsuccessful(request.send().await?.unsuccessful()))
        }
        "DeleteVpnConcentrator" => {
            let request = ec2.delete_vpn_concentrator().set_dry_run(dry);
            sent!(request.set_vpn_concentrator_id(it.text("VpnConcentratorId")))
        }
        "DeleteVpnConnection" => {
            sent!(ec2.delete_vpn_connection().set_dry_run(dry).set_vpn_connection_id(it.text("VpnConnectionId")))
        }
        "DeregisterImage" => {
            let request = ec2.deregister_image().set_dry_run(dry).set_image_id(it.text("ImageId"));
            sent!(request.set_delete_associated_snapshots(it.flag("DeleteAssociatedSnapshots")))
        }
        "DescribeInstances" => describe_instances(&ec2, &it).await,
        "DescribeVolumes" => describe_volumes(&ec2, &it).await,
        "DetachVolume" => sent!(ec2.detach_volume().set_dry_run(dry).set_volume_id(it.text("VolumeId"))),
        "DisableFastSnapshotRestores" => disable_fast_restores(&ec2, &it, dry).await,
        "DisassociateAddress" => {
            sent!(ec2.disassociate_address().set_dry_run(dry).set_association_id(it.text("AssociationId")))
        }
        "DisassociateClientVpnTargetNetwork" => {
            let request = ec2.disassociate_client_vpn_target_network().set_dry_run(dry);
            let request = request.set_client_vpn_endpoint_id(it.text("ClientVpnEndpointId"));
            sent!(request.set_association_id(it.text("AssociationId")))
        }
        "ModifyIpam" => {
            let tier = it.text("Tier").map(|tier| IpamTier::from(tier.as_str()));
            sent!(ec2.modify_ipam().set_dry_run(dry).set_ipam_id(it.text("IpamId")).set_tier(tier))
        }
        "ReleaseAddress" => {
            sent!(ec2.release_address().set_dry_run(dry).set_allocation_id(it.text("AllocationId")))
        }
        "ReleaseHosts" => {
            Ok(unsuccessful(ec2.release_hosts().set_host_ids(it.list("HostIds")).send().await?.unsuccessful()))
        }
        "StopInstances" => sent!(ec2.stop_instances().set_dry_run(dry).set_instance_ids(it.list("InstanceIds"))),
        "TerminateInstances" => {
            sent!(ec2.terminate_instances().set_dry_run(dry).set_instance_ids(it.list("InstanceIds")))
        }
        other => Err(Error::failed(Text::new("error-request")).detail(format!("ec2:{other}: not in ec2.rs"))),
    }
}

fn refusal(code: &str, message: Option<&str>) -> Value {
    json!({ "ErrorCode": code, "ErrorMessage": message.unwrap_or_default() })
}

fn unsuccessful(items: &[UnsuccessfulItem]) -> Value {
    let errors = items.iter().filter_map(UnsuccessfulItem::error);
    let errors: Vec<Value> = errors.map(|it| refusal(it.code().unwrap_or_default(), it.message())).collect();
    json!({ "Unsuccessful": errors })
}

async fn cancel_spot_fleets(ec2: &Client, it: &Input<'_>, dry: Option<bool>) -> Result<Value> {
    let request = ec2.cancel_spot_fleet_requests().set_dry_run(dry);
    let request = request.set_spot_fleet_request_ids(it.list("SpotFleetRequestIds"));
    let answer = request.set_terminate_instances(it.flag("TerminateInstances")).send().await?;
    let errors = answer.unsuccessful_fleet_requests().iter().filter_map(|it| it.error());
    let said = |it: &CancelSpotFleetRequestsError| refusal(it.code().map_or("", |code| code.as_str()), it.message());
    Ok(json!({ "UnsuccessfulFleetRequests": errors.map(said).collect::<Vec<_>>() }))
}

async fn delete_fleets(ec2: &Client, it: &Input<'_>, dry: Option<bool>) -> Result<Value> {
    let request = ec2.delete_fleets().set_dry_run(dry).set_fleet_ids(it.list("FleetIds"));
    let answer = request.set_terminate_instances(it.flag("TerminateInstances")).send().await?;
    let errors = answer.unsuccessful_fleet_deletions().iter().filter_map(|it| it.error());
    let said = |it: &DeleteFleetError| refusal(it.code().map_or("", |code| code.as_str()), it.message());
    Ok(json!({ "UnsuccessfulFleetDeletions": errors.map(said).collect::<Vec<_>>() }))
}

async fn delete_queued(ec2: &Client, it: &Input<'_>, dry: Option<bool>) -> Result<Value> {
    let request = ec2.delete_queued_reserved_instances().set_dry_run(dry);
    let answer = request.set_reserved_instances_ids(it.list("ReservedInstancesIds")).send().await?;
    let errors = answer.failed_queued_purchase_deletions().iter().filter_map(|it| it.error());
    let said =
        |it: &DeleteQueuedReservedInstancesError| refusal(it.code().map_or("", |code| code.as_str()), it.message());
    Ok(json!({ "FailedQueuedPurchaseDeletions": errors.map(said).collect::<Vec<_>>() }))
}

async fn disable_fast_restores(ec2: &Client, it: &Input<'_>, dry: Option<bool>) -> Result<Value> {
    let request = ec2.disable_fast_snapshot_restores().set_dry_run(dry);
    let request = request.set_source_snapshot_ids(it.list("SourceSnapshotIds"));
    let answer = request.set_availability_zones(it.list("AvailabilityZones")).send().await?;
    let errors =
        answer.unsuccessful().iter().flat_map(DisableFastSnapshotRestoreErrorItem::fast_snapshot_restore_state_errors);
    let errors = errors.filter_map(|it| it.error());
    let errors: Vec<Value> = errors.map(|it| refusal(it.code().unwrap_or_default(), it.message())).collect();
    Ok(json!({ "Unsuccessful": errors }))
}

async fn describe_instances(ec2: &Client, it: &Input<'_>) -> Result<Value> {
    let answer = ec2.describe_instances().set_instance_ids(it.list("InstanceIds")).send().await?;
    let instances = answer.reservations().iter().flat_map(Reservation::instances);
    let states = instances.map(|it| it.state().and_then(|state| state.name()).map(InstanceStateName::as_str));
    let instances: Vec<Value> = states.map(|state| json!({ "State": { "Name": state } })).collect();
    Ok(json!({ "Reservations": [{ "Instances": instances }] }))
}

async fn describe_volumes(ec2: &Client, it: &Input<'_>) -> Result<Value> {
    let answer = ec2.describe_volumes().set_volume_ids(it.list("VolumeIds")).send().await?;
    let states = answer.volumes().iter().map(|it| it.state().map(VolumeState::as_str));
    let volumes: Vec<Value> = states.map(|state| json!({ "State": state })).collect();
    Ok(json!({ "Volumes": volumes }))
}

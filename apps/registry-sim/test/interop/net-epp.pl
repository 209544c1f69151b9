#!/usr/bin/perl
# An independent client (Debian: libnet-epp-perl) against the simulator: logs in over TLS with the certificate checked,
# checks, creates, renews, updates and polls. One line a step on standard output; the first step that fails ends it with 1.
#
# usage: net-epp.pl HOST PORT CA_FILE CLID PASSWORD NAME
use strict;
use warnings;
use Net::EPP::Simple;
use Net::EPP::Frame::Command::Poll::Ack;
use Net::EPP::Frame::Command::Poll::Req;

my ($host, $port, $ca_file, $clid, $password, $name) = @ARGV;
$| = 1;

sub step {
    my ($what, $done) = @_;
    my $code = $Net::EPP::Simple::Code // 'none';
    if (!$done) {
        print "$what failed: $code " . ($Net::EPP::Simple::Error // '') . "\n";
        exit 1;
    }
    print "$what $code\n";
}

sub contact {
    my ($id) = @_;
    return {
        id         => $id,
        postalInfo => {
            int => {
                name => 'Jan Kawa',
                org  => 'Kawa',
                addr => {street => ['1 Main St'], city => 'Gdansk', sp => '', pc => '80-001', cc => 'PL'},
            },
        },
        voice    => '+48.581234567',
        email    => 'jan@example.net',
        authInfo => 'secret-99',
    };
}

my $epp = Net::EPP::Simple->new(
    host      => $host,
    port      => $port,
    user      => $clid,
    pass      => $password,
    verify    => 1,
    ca_file   => $ca_file,
    timeout   => 20,
    reconnect => 0,
);
step('login', $epp);

my $free = $epp->check_domain($name);
step('check', defined($free) && $free == 1);

step('create contact', $epp->create_contact(contact('perl-1')));
my $person = $epp->contact_info('perl-1', 'secret-99');
step('info contact', $person && $person->{email} eq 'jan@example.net');

my $domain = {
    name       => $name,
    period     => 1,
    registrant => 'perl-1',
    contacts   => {admin => 'perl-1', tech => 'perl-1', billing => 'perl-1'},
    authInfo   => 'secret-99',
};
step('create', $epp->create_domain($domain));

step('create host', $epp->create_host({name => "ns1.$name", addrs => [{ip => '192.0.2.1', version => 'v4'}]}));

my $held = $epp->domain_info($name);
step('info', $held && $held->{clID} eq $clid && $held->{registrant} eq 'perl-1');

my $again = $epp->check_domain($name);
step('check again', defined($again) && $again == 0);

my ($day) = $held->{exDate} =~ /^(\d{4}-\d\d-\d\d)/;
step('renew', $epp->renew_domain({name => $name, cur_exp_date => $day, period => 1}));

my $update = {name => $name, add => {ns => ["ns1.$name"]}, rem => {}, chg => {}};
step('update', $epp->update_domain($update));

my $message = $epp->request(Net::EPP::Frame::Command::Poll::Req->new);
step('poll', $message && $message->code == 1301);
my $ack = Net::EPP::Frame::Command::Poll::Ack->new;
$ack->setMsgID($message->getNode('msgQ')->getAttribute('id'));
my $acked = $epp->request($ack);
step('ack', $acked && $acked->code == 1000);
my $empty = $epp->request(Net::EPP::Frame::Command::Poll::Req->new);
step('poll again', $empty && $empty->code == 1300);

step('logout', $epp->logout);

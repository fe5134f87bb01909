<?php

// The router of PHP's own web server: one page that asks for a sign-in and says who came; everything else
// is SimpleSAMLphp's.

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== getenv('PAGE')) {
    return false;
}
require_once '/usr/share/simplesamlphp/lib/_autoload.php';
$site = new \SimpleSAML\Auth\Simple('default-sp');
$site->requireAuth();
echo 'xUserId=' . htmlspecialchars($site->getAttributes()['xUserId'][0], ENT_NOQUOTES);
